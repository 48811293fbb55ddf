'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { PageHeader, Panel, Section } from '../../../../_ui/page.tsx'
import { PanelSkeleton } from '../../../../_ui/states.tsx'
import { BrandChoice } from '../../catalogue/_components/brand-choice.tsx'
import { PolicyForm } from './policy-form.tsx'

function OfBrand({ brandId }: { brandId: string }) {
  const policy = useQuery(useTRPC().dunning.policy.queryOptions({ brand_id: brandId }, { refetchOnWindowFocus: false }))
  return (
    <Section title="From the due date on" hint="The payment term is set under Invoices, Sellers.">
      <Panel className="sm:p-6">
        <Load query={policy} skeleton={<PanelSkeleton label="Loading the policy" className="h-60" />}>
          {(data) => <PolicyForm key={data.etag} policy={data} />}
        </Load>
      </Panel>
    </Section>
  )
}

/** When a seller reminds, tries again, suspends and deletes. */
export function PolicyPage() {
  const brands = useQuery(useTRPC().staff.brands.queryOptions({ limit: 100 }))
  const [chosen, setChosen] = useState('')
  return (
    <>
      <PageHeader title="Dunning policy" action={<BrandChoice value={chosen} onChange={setChosen} />} />
      <Load query={brands} skeleton={<PanelSkeleton label="Loading sellers" className="h-60" />}>
        {({ data }) => {
          const brandId = chosen === '' ? data[0]?.id : chosen
          return brandId === undefined ? null : <OfBrand key={brandId} brandId={brandId} />
        }}
      </Load>
    </>
  )
}
