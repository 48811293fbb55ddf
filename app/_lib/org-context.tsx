'use client'
import { createContext, useContext, type ReactNode } from 'react'
import type { Brand } from './brand.ts'
import type { Organization, Viewer } from './wire.ts'

const BrandContext = createContext<Brand | null>(null)
const OrgContext = createContext<{ org: Organization; viewer: Viewer } | null>(null)

export function BrandScope({ brand, children }: { brand: Brand; children: ReactNode }) {
  return <BrandContext value={brand}>{children}</BrandContext>
}

export function OrgScope({ org, viewer, children }: { org: Organization; viewer: Viewer; children: ReactNode }) {
  return <OrgContext value={{ org, viewer }}>{children}</OrgContext>
}

export function useBrand(): Brand {
  const brand = useContext(BrandContext)
  if (brand === null) throw new Error('useBrand needs the root layout')
  return brand
}

export function useOrg(): { org: Organization; viewer: Viewer } {
  const scope = useContext(OrgContext)
  if (scope === null) throw new Error('useOrg needs the organization layout')
  return scope
}
