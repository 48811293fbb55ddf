'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Release } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { Section } from '../../../../../_ui/page.tsx'
import { TableSkeleton } from '../../../../../_ui/states.tsx'
import { Badge, Banner } from '../../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../../_ui/time.tsx'
import { useApp } from './app-scope.tsx'
import { RollbackDialog } from './rollback-dialog.tsx'

const badges = { serving: <Badge tone="good">serving</Badge>, standby: <Badge tone="info">on standby</Badge>, kept: null } as const

const columns = (refused: string | null, onBack: (row: Release) => void): ReadonlyArray<Column<Release>> => [
  { id: 'release', title: 'Release', cell: (row) => <span className="inline-flex items-center gap-2">Release {row.number} {badges[row.state]}</span> },
  { id: 'image', title: 'Image', cell: (row) => <bdi><code className="text-12 break-all">{row.image}</code></bdi> },
  { id: 'served', title: 'Took over', align: 'end', cell: (row) => <TimeAgo value={row.served_at} /> },
  {
    id: 'act', title: '', align: 'end',
    cell: (row) => (row.state === 'serving' ? null : (
      <Button size="sm" className="h-7" disabled={refused !== null} title={refused ?? undefined} onClick={() => onBack(row)}>
        {row.state === 'standby' ? 'Go back at once' : 'Roll back'}
      </Button>
    )),
  },
]

/** What the app can go back to; nothing while no release has served. */
export function ReleasesSection() {
  const { org } = useOrg()
  const app = useApp()
  const [target, setTarget] = useState<Release | null>(null)
  const query = useQuery(useTRPC().releases.list.queryOptions({ organization_id: org.id, app_id: app.id, limit: 20 }, { refetchInterval: 5000 }))
  return (
    <>
      {app.standby === null ? null : (
        <Banner tone="info" className="mb-4">
          The instances of release {app.standby.release} still run, without requests, to go back to at once. They end{' '}
          <TimeAgo value={app.standby.until} />, and cost what they cost until then.
        </Banner>
      )}
      <Load query={query} skeleton={<TableSkeleton label="Loading releases" />}>
        {({ data }) => (data.length === 0 ? null : (
          <Section title="Releases" hint="Those that served last are kept with their image, settings and versions of secrets.">
            <Table caption="Releases this app can go back to" rows={data} rowKey={(row) => row.id} columns={columns(refusedBecause(org, 'apps:write', app.id), setTarget)} />
          </Section>
        ))}
      </Load>
      <RollbackDialog release={target} onClose={() => setTarget(null)} />
    </>
  )
}
