'use client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { refusedBecause } from '../../../../_lib/can.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { volumeLook, volumeStanding } from '../../../../_lib/status.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { Volume } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { FilterBar, useFilters } from '../../../../_ui/filter-bar.tsx'
import { PageHeader } from '../../../../_ui/page.tsx'
import { Pagination } from '../../../../_ui/pagination.tsx'
import { EmptyState, ErrorPanel, NothingMatches, TableSkeleton } from '../../../../_ui/states.tsx'
import { Status } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { NewVolumeDialog } from './new-volume-dialog.tsx'
import { sizeWord } from './words.ts'

const statuses = Object.entries(volumeLook).map(([value, look]) => ({ value, label: look.word }))

/** An id means little to people; apps that are not in the list keep theirs. */
function useAppNames(): (id: string) => string {
  const { org } = useOrg()
  const query = useQuery(useTRPC().apps.list.queryOptions({ organization_id: org.id, limit: 100, sort: 'name' }))
  const names = new Map((query.data?.data ?? []).map((app) => [app.id, app.name]))
  return (id) => names.get(id) ?? id
}

function VolumesTable({ volumes }: { volumes: readonly Volume[] }) {
  const { org } = useOrg()
  const nameOf = useAppNames()
  const columns: ReadonlyArray<Column<Volume>> = [
    { id: 'name', title: 'Name', cell: (volume) => <bdi>{volume.name}</bdi> },
    { id: 'status', title: 'Status', cell: (volume) => <Status {...volumeStanding(volume)} /> },
    {
      id: 'app',
      title: 'App',
      cell: (volume) => (volume.app_id === null ? <span className="text-faint">None</span> : <span><bdi>{nameOf(volume.app_id)}</bdi> <code className="text-12 text-muted">{volume.mount_path}</code></span>),
    },
    { id: 'size', title: 'Size', align: 'end', cell: (volume) => <>{sizeWord(volume.size)}{volume.used === null ? null : <span className="text-faint"> · {sizeWord(volume.used)} used</span>}</> },
    { id: 'snapshots', title: 'Snapshots', align: 'end', cell: (volume) => volume.snapshots },
    { id: 'proven', title: 'Last proven restore', align: 'end', cell: (volume) => (volume.safety.last_proven_at === null ? <span className="text-faint">{volume.safety.last_backup_at === null ? 'No backup' : 'Never'}</span> : <TimeAgo value={volume.safety.last_proven_at} />) },
    { id: 'created', title: 'Created', align: 'end', cell: (volume) => <TimeAgo value={volume.created_at} /> },
  ]
  return (
    <Table
      caption="Volumes of this organization"
      columns={columns}
      rows={volumes}
      rowKey={(volume) => volume.id}
      rowHref={(volume) => paths.volume(org.slug, volume.status === 'deleted' ? volume.id : volume.name)}
    />
  )
}

export function VolumesPage() {
  const { org } = useOrg()
  const filters = useFilters()
  const [making, setMaking] = useState(false)
  const [q, status] = [filters.get('q'), filters.get('status')]
  const query = useInfiniteQuery(
    useTRPC().volumes.list.infiniteQueryOptions(
      { organization_id: org.id, limit: 50, filter: { ...(q === '' ? {} : { q }), ...(status in volumeLook ? { status } : {}) } },
      { getNextPageParam: (last) => last.pagination.next_cursor, refetchInterval: 3000 },
    ),
  )
  const volumes = query.data?.pages.flatMap((page) => page.data)
  const refused = refusedBecause(org, 'apps:write')
  const make = (
    <Button look="primary" disabled={refused !== null} title={refused ?? undefined} icon={<Plus aria-hidden className="size-4" />} onClick={() => setMaking(true)}>New volume</Button>
  )
  return (
    <>
      <PageHeader title="Volumes" action={make} />
      {volumes === undefined || volumes.length > 0 || filters.active ? (
        <FilterBar search={{ name: 'q', label: 'Find by name' }} selects={[{ name: 'status', label: 'Not deleted', options: statuses }]} />
      ) : null}
      {query.error === null ? null : <ErrorPanel className="mb-4" problem={toProblem(query.error)} onRetry={() => { void query.refetch() }} />}
      {volumes === undefined && query.error === null ? <TableSkeleton label="Loading volumes" /> : null}
      {volumes !== undefined && volumes.length > 0 ? <VolumesTable volumes={volumes} /> : null}
      {volumes?.length === 0 && filters.active ? <NothingMatches onClear={filters.clear} /> : null}
      {volumes?.length === 0 && !filters.active ? (
        <EmptyState title="Keep files" command="shellwego volumes create data --size 10g" action={make}>
          What an app writes goes with its instance. A volume stays: mount it in an app, take snapshots of it, go back to one.
        </EmptyState>
      ) : null}
      <Pagination shown={volumes?.length ?? 0} noun="volumes" hasMore={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => { void query.fetchNextPage() }} />
      <NewVolumeDialog open={making} onOpenChange={setMaking} />
    </>
  )
}
