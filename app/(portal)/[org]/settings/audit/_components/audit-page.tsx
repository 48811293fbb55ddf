'use client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { can, refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { AuditRecord } from '../../../../../_lib/wire.ts'
import { buttonClass } from '../../../../../_ui/button.tsx'
import { FilterBar } from '../../../../../_ui/filter-bar.tsx'
import { Section } from '../../../../../_ui/page.tsx'
import { Pagination } from '../../../../../_ui/pagination.tsx'
import { EmptyState, ErrorPanel, Forbidden, NothingMatches, TableSkeleton } from '../../../../../_ui/states.tsx'
import { Table, type Column } from '../../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../../_ui/time.tsx'
import { ActorName } from './actor-name.tsx'
import { ChainSection } from './chain-section.tsx'
import { RecordDrawer } from './record-drawer.tsx'
import { exportAddress, SPANS, useAuditFilter } from './use-audit-filter.ts'

const columns = (onOpen: (record: AuditRecord) => void): ReadonlyArray<Column<AuditRecord>> => [
  {
    id: 'what',
    title: 'What',
    cell: (row) => (
      <button type="button" className="row-link text-start font-strong" aria-haspopup="dialog" onClick={() => onOpen(row)}>
        {row.type}
      </button>
    ),
  },
  { id: 'who', title: 'Who', cell: (row) => <ActorName actor={row.actor} /> },
  {
    id: 'subject',
    title: 'On',
    cell: (row) => (
      <bdi>
        <code className="text-12 break-all">{row.subject.id}</code>
      </bdi>
    ),
  },
  { id: 'from', title: 'From', cell: (row) => <code className="text-12">{row.ip ?? ''}</code> },
  { id: 'when', title: 'When', align: 'end', cell: (row) => <TimeAgo value={row.at} /> },
]

function Exports({ orgId, filter }: { orgId: string; filter: Parameters<typeof exportAddress>[1] }) {
  return (
    <div className="flex gap-2">
      {(['csv', 'json'] as const).map((format) => (
        <a key={format} className={buttonClass('plain', 'sm')} href={exportAddress(orgId, filter, format)} download>
          <Download aria-hidden className="size-3.5" />
          {format.toUpperCase()}
        </a>
      ))}
    </div>
  )
}

function AuditLog() {
  const { org } = useOrg()
  const trpc = useTRPC()
  const [open, setOpen] = useState<AuditRecord | null>(null)
  const { filters, filter, active } = useAuditFilter()
  const facets = useQuery(trpc.audit.facets.queryOptions({ organization_id: org.id }))
  const query = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions({ organization_id: org.id, filter, limit: 50 }, { getNextPageParam: (last) => last.pagination.next_cursor }),
  )
  const rows = query.data?.pages.flatMap((page) => page.data)
  return (
    <Section title="Entries" hint="Who did what, when and from where. Nothing here can be changed." action={<Exports orgId={org.id} filter={filter} />}>
      <FilterBar
        search={{ name: 'q', label: 'Find in everything' }}
        selects={[
          { name: 'type', label: 'Every act', options: (facets.data?.types ?? []).map((type) => ({ value: type, label: type })) },
          { name: 'actor', label: 'Everybody', options: (facets.data?.actors ?? []).map((one) => ({ value: one.id, label: one.name })) },
          { name: 'span', label: 'Since ever', options: Object.entries(SPANS).map(([value, { label }]) => ({ value, label })) },
        ]}
      />
      {rows === undefined && query.error === null ? <TableSkeleton label="Loading the audit log" /> : null}
      {query.error === null ? null : (
        <ErrorPanel
          className="mb-3"
          problem={toProblem(query.error)}
          onRetry={() => {
            void query.refetch()
          }}
        />
      )}
      {rows !== undefined && rows.length > 0 ? <Table caption="Audit log, latest first" columns={columns(setOpen)} rows={rows} rowKey={(row) => row.id} /> : null}
      {rows?.length === 0 && active ? <NothingMatches onClear={filters.clear} /> : null}
      {rows?.length === 0 && !active ? <EmptyState title="Nothing happened yet">Every change of this organization becomes an entry here.</EmptyState> : null}
      <Pagination
        shown={rows?.length ?? 0}
        noun="entries"
        hasMore={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => {
          void query.fetchNextPage()
        }}
      />
      <RecordDrawer
        record={open}
        onClose={() => setOpen(null)}
        onFilter={(changes) => {
          setOpen(null)
          filters.set(changes)
        }}
      />
    </Section>
  )
}

export function AuditPage() {
  const { org } = useOrg()
  if (!can(org, 'audit:read')) return <Forbidden reason={refusedBecause(org, 'audit:read') ?? ''} />
  return (
    <>
      <ChainSection />
      <AuditLog />
    </>
  )
}
