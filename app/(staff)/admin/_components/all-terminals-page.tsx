'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { toProblem } from '../../../_lib/problem.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import { PageHeader } from '../../../_ui/page.tsx'
import { SessionList, useSessionFilter } from '../../../_ui/session-list.tsx'

export function AllTerminalsPage() {
  const trpc = useTRPC()
  const filter = useSessionFilter()
  const query = useInfiniteQuery(
    trpc.apps.allTerminals.infiniteQueryOptions({ filter, limit: 50 }, { getNextPageParam: (last) => last.pagination.next_cursor }),
  )
  return (
    <>
      <PageHeader title="Terminals" />
      <SessionList query={query} problem={query.error === null ? null : toProblem(query.error)} />
    </>
  )
}
