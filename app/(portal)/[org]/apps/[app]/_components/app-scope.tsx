'use client'
import { useQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { AppDetail } from '../../../../../_lib/wire.ts'

const Scope = createContext<AppDetail | null>(null)
export const AppScope = Scope

/** The app of this address; only below {@link AppFrame}, which shows nothing until it is loaded. */
export function useApp(): AppDetail {
  const app = useContext(Scope)
  if (app === null) throw new Error('useApp needs the app layout')
  return app
}

const moving = new Set(['deploying', 'stopping'])

export function useAppQuery(name: string) {
  const { org } = useOrg()
  return useQuery(
    useTRPC().apps.get.queryOptions(
      { organization_id: org.id, app_id: name },
      {
        refetchInterval: (query) => (moving.has(query.state.data?.status ?? '') ? 1000 : 3000),
      },
    ),
  )
}
