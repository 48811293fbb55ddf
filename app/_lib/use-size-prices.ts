'use client'
import { useQueries } from '@tanstack/react-query'
import { useOrg } from './org-context.tsx'
import { mib, type SizePreset } from './sizes.ts'
import { useTRPC } from './trpc.tsx'
import type { Money } from './wire.ts'

/** A month of one instance of each size, as this organization pays it; null while unknown. */
export function useSizePrices(presets: readonly SizePreset[]): ReadonlyMap<string, Money | null> {
  const { org } = useOrg()
  const trpc = useTRPC()
  const estimates = useQueries({
    queries: presets.map((preset) =>
      trpc.billing.estimate.queryOptions(
        { organization_id: org.id, vcpu: Number(preset.cpu), memory_mib: mib(preset.memory), replicas: 1 },
        { staleTime: 300_000 },
      ),
    ),
  })
  return new Map(presets.map((preset, at) => [preset.id, estimates[at]?.data?.app ?? null]))
}
