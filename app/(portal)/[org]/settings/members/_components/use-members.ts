'use client'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'

export function useMembers() {
  const { org } = useOrg()
  const trpc = useTRPC()
  const query = useInfiniteQuery(
    trpc.orgs.members.infiniteQueryOptions(
      { organization_id: org.id, limit: 100 },
      { getNextPageParam: (last) => last.pagination.next_cursor, refetchInterval: 15_000 },
    ),
  )
  return { query, members: query.data?.pages.flatMap((page) => page.data) }
}

export function useRoles() {
  const { org } = useOrg()
  return useQuery(useTRPC().roles.list.queryOptions({ organization_id: org.id }))
}

/** Names for the apps a member is restricted to. */
export function useAppNames() {
  const { org } = useOrg()
  const query = useQuery(useTRPC().apps.list.queryOptions({ organization_id: org.id, limit: 100, sort: 'name' }))
  return query.data?.data.map((app) => ({ id: app.id, name: app.name }))
}

/** Whatever changes a member may change the lists, the limits and what oneself may do. */
export function useRefreshMembers(): () => void {
  const client = useQueryClient()
  const trpc = useTRPC()
  return () => {
    for (const queryKey of [trpc.orgs.pathKey(), trpc.invitations.pathKey(), trpc.roles.pathKey()]) void client.invalidateQueries({ queryKey })
  }
}
