'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { can, refusedBecause } from '../../../../_lib/can.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { Section } from '../../../../_ui/page.tsx'
import { SessionList, useSessionFilter } from '../../../../_ui/session-list.tsx'
import { Forbidden } from '../../../../_ui/states.tsx'

function Terminals() {
  const { org } = useOrg()
  const trpc = useTRPC()
  const filter = useSessionFilter()
  const query = useInfiniteQuery(
    trpc.apps.terminals.infiniteQueryOptions({ organization_id: org.id, filter, limit: 50 }, { getNextPageParam: (last) => last.pagination.next_cursor }),
  )
  return (
    <Section title="Terminals" hint="Who ran what inside the apps of this organization.">
      <SessionList query={query} problem={query.error === null ? null : toProblem(query.error)} />
    </Section>
  )
}

export function TerminalsPage() {
  const { org } = useOrg()
  return can(org, 'audit:read') ? <Terminals /> : <Forbidden reason={refusedBecause(org, 'audit:read') ?? ''} />
}
