'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AGEING_BUCKETS, type Ageing, type AgeingBucket } from '../../../../../server/contract/dunning.ts'
import { day, money, plural } from '../../../../_lib/format.ts'
import { standingLook } from '../../../../_lib/payment-standing.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { buttonClass } from '../../../../_ui/button.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { PageHeader, Panel, Section, Stat } from '../../../../_ui/page.tsx'
import { EmptyState, PanelSkeleton } from '../../../../_ui/states.tsx'
import { Status } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { BrandChoice } from '../../catalogue/_components/brand-choice.tsx'
import { AgeingBar } from './ageing-bar.tsx'

const TITLES: Readonly<Record<AgeingBucket, string>> = {
  current: 'Not due', days_0_30: '0 to 30 days', days_31_60: '31 to 60', days_61_90: '61 to 90', days_over_90: 'Over 90',
}

type Row = Ageing['data'][number]
const columns: ReadonlyArray<Column<Row>> = [
  { id: 'name', title: 'Customer', cell: (row) => <bdi className="font-strong">{row.organization_name}</bdi> },
  { id: 'standing', title: 'Standing', cell: (row) => <Status {...standingLook[row.standing]} /> },
  ...AGEING_BUCKETS.map((name): Column<Row> => ({
    id: name, title: TITLES[name], align: 'end', cell: (row) => (row[name] === 0 ? <span className="text-faint">0</span> : money({ amount: row[name], currency: row.currency })),
  })),
  { id: 'total', title: 'All', align: 'end', cell: (row) => <span className="font-strong">{money({ amount: row.total, currency: row.currency })}</span> },
  { id: 'oldest', title: 'Oldest due', align: 'end', cell: (row) => day(row.oldest_due_at) },
]

function OfCurrency({ totals, rows }: { totals: Ageing['totals'][number]; rows: readonly Row[] }) {
  const { currency } = totals
  const say = (amount: number) => money({ amount, currency })
  return (
    <Section title={currency}>
      <Panel className="mb-4">
        <div className="mb-4 flex flex-wrap gap-x-8 gap-y-3">
          <Stat label="Open" value={say(totals.total)} note={plural(totals.organizations, 'customer')} />
          <Stat label="Overdue" value={say(totals.total - totals.current)} />
        </div>
        <AgeingBar total={totals.total} parts={AGEING_BUCKETS.map((name) => ({ name, title: TITLES[name], amount: totals[name], text: say(totals[name]) }))} />
      </Panel>
      <Table caption={`Open invoices in ${currency} by customer`} columns={columns} rows={rows} rowKey={(row) => row.organization_id} />
    </Section>
  )
}

export function AgeingPage() {
  const [brand, setBrand] = useState('')
  const asked = brand === '' ? {} : { brand_id: brand }
  const query = useQuery(useTRPC().dunning.ageing.queryOptions(asked))
  const file = `/v1/admin/ageing.csv${brand === '' ? '' : `?brand_id=${brand}`}`
  return (
    <>
      <PageHeader
        title="Ageing" facts="What customers owe, by how many days it is overdue. Orders of credit are left out."
        action={
          <>
            <BrandChoice value={brand} onChange={setBrand} all />
            <a className={buttonClass()} href={file} download>Export CSV</a>
          </>
        }
      />
      <Load query={query} skeleton={<PanelSkeleton label="Loading the ageing report" className="h-80" />}>
        {({ data, totals }) => (totals.length === 0
          ? <EmptyState title="Nothing is open">Every invoice is paid, credited or given up.</EmptyState>
          : totals.map((one) => <OfCurrency key={one.currency} totals={one} rows={data.filter((row) => row.currency === one.currency)} />))}
      </Load>
    </>
  )
}
