'use client'
import { useQuery } from '@tanstack/react-query'
import { can } from '../../../../_lib/can.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../_lib/trpc.tsx'

/** Apps a domain can lead to, as choices. */
export function useServedApps() {
  const { org } = useOrg()
  const query = useQuery(useTRPC().apps.list.queryOptions({ organization_id: org.id, limit: 100, sort: 'name' }))
  const apps = query.data?.data.filter((app) => app.public && app.port !== null && can(org, 'apps:write', app.id)) ?? []
  return { isPending: query.isPending, options: apps.map(({ id, name }) => ({ value: id, label: name })) }
}
