'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { paths } from '../../../../_lib/paths.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { PageHeader } from '../../../../_ui/page.tsx'
import { PanelSkeleton } from '../../../../_ui/states.tsx'
import { PriceForm } from './price-form.tsx'

/** Starts from the version it was opened from, else from the one that is sold now. */
export function NewPricePage({ id, from }: { id: string; from: string | null }) {
  const trpc = useTRPC()
  const plan = useQuery(trpc.catalogue.plan.queryOptions({ plan_id: id }, { refetchOnWindowFocus: false }))
  const meters = useQuery(trpc.catalogue.meters.queryOptions({ limit: 100, filter: { archived: 'false' } }, { refetchOnWindowFocus: false }))
  return (
    <Load query={plan} skeleton={<PanelSkeleton label="Loading the plan" className="h-80" />}>
      {(one) => (
        <>
          <PageHeader
            title={`New price of ${one.name}`}
            above={
              <Link className="link" href={paths.adminPlan(one.id)}>
                {one.name}
              </Link>
            }
            facts="For who subscribes from then on. Everybody else keeps the version they have until you move them."
          />
          <Load query={meters} skeleton={<PanelSkeleton label="Loading meters" className="h-80" />}>
            {({ data }) => (
              <PriceForm
                plan={one}
                meters={data.filter((meter) => meter.brand_id === null || meter.brand_id === one.brand_id)}
                base={one.prices.find((price) => price.id === from) ?? one.prices.find((price) => price.current) ?? null}
              />
            )}
          </Load>
        </>
      )}
    </Load>
  )
}
