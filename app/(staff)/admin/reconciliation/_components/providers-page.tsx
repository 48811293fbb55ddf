'use client'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { ProviderHealth } from '../../../../_lib/wire.ts'
import { Load } from '../../../../_ui/load.tsx'
import { PageHeader, Section } from '../../../../_ui/page.tsx'
import { EmptyState, TableSkeleton } from '../../../../_ui/states.tsx'
import { Status } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'

interface Run { id: string; state: 'running' | 'done'; started_at: string; figures: Record<string, number> }
const FIGURES: Record<string, string> = {
  payments_compared: 'payments at providers', ledger_compared: 'in our books', mended: 'mended', provider_only: 'nobody asked for', ledger_only: 'in our books only', differ: 'with another sum',
  payouts: 'payouts', providers_down: 'providers down', providers_failed: 'providers stopped halfway',
}

const columns: ReadonlyArray<Column<ProviderHealth>> = [
  { id: 'name', title: 'Provider', cell: (row) => <span className="font-strong">{row.label}</span> },
  {
    id: 'state', title: 'State',
    cell: (row) => (
      <div>
        <Status {...(row.ok === null ? { tone: 'idle' as const, word: 'Not asked yet' } : row.ok ? { tone: 'good' as const, word: 'Answers' } : { tone: 'bad' as const, word: 'Does not answer' })} />
        {row.detail === '' || row.detail === 'answers' ? null : <p className="text-12 text-muted">{row.detail}</p>}
      </div>
    ),
  },
  { id: 'down', title: 'Down since', cell: (row) => (row.down_since === null ? null : <TimeAgo value={row.down_since} />) },
  { id: 'asked', title: 'Asked', cell: (row) => (row.checked_at === null ? null : <TimeAgo value={row.checked_at} />) },
  { id: 'compared', title: 'Compared up to', cell: (row) => (row.compared_to === null ? 'Not yet' : <TimeAgo value={row.compared_to} />) },
]

const told = (figures: Record<string, number>): string =>
  Object.entries(FIGURES).flatMap(([name, word]) => (figures[name] ? [`${figures[name]} ${word}`] : [])).join(', ') || 'Nothing to compare'

const runColumns: ReadonlyArray<Column<Run>> = [
  { id: 'at', title: 'Begun', cell: (row) => <TimeAgo value={row.started_at} /> },
  { id: 'state', title: 'State', cell: (row) => <Status {...(row.state === 'done' ? { tone: 'good' as const, word: 'Done' } : { tone: 'info' as const, word: 'Running', busy: true })} /> },
  { id: 'found', title: 'Compared and found', cell: (row) => told(row.figures) },
]

export function ProvidersPage() {
  const trpc = useTRPC()
  const health = useQuery(trpc.reconciliation.health.queryOptions({}))
  const runs = useQuery(trpc.reconciliation.runs.queryOptions({ limit: 10 }))
  return (
    <>
      <PageHeader title="Payment providers" />
      <Load query={health} skeleton={<TableSkeleton label="Loading the providers" rows={3} />}>
        {({ data }) => data.length === 0
          ? <EmptyState title="No provider is set up">Set the keys of a payment provider in the settings of the installation.</EmptyState>
          : <Table caption="Payment providers" columns={columns} rows={data} rowKey={(row) => row.provider} />}
      </Load>
      <Section title="Comparisons" hint="Each hour: what providers were paid, our payments, the ledger, the bank." className="mt-8">
        <Load query={runs} skeleton={<TableSkeleton label="Loading the comparisons" rows={3} />}>
          {({ data }) => data.length === 0
            ? <EmptyState title="Nothing was compared yet">The first comparison starts within the hour.</EmptyState>
            : <Table caption="Comparisons" columns={runColumns} rows={data} rowKey={(row) => row.id} />}
        </Load>
      </Section>
    </>
  )
}
