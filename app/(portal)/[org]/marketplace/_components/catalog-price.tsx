'use client'
import { useQuery } from '@tanstack/react-query'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { CatalogEntry, Money as Value } from '../../../../_lib/wire.ts'
import { Money } from '../../../../_ui/money.tsx'

/** Sizes are priced linearly, so the sum of all parts is priced as one. */
export function useCatalogPrice({ total }: CatalogEntry): Value | null {
  const { org } = useOrg()
  const estimate = useQuery(
    useTRPC().billing.estimate.queryOptions(
      { organization_id: org.id, vcpu: total.vcpu, memory_mib: total.memory_mib, replicas: 1 },
      { staleTime: 300_000 },
    ),
  )
  return estimate.data?.app ?? null
}

export function CatalogPrice({ entry }: { entry: CatalogEntry }) {
  const price = useCatalogPrice(entry)
  return price === null ? null : (
    <span>
      about{' '}
      <span className="text-ink">
        <Money value={price} />
      </span>{' '}
      a month
    </span>
  )
}
