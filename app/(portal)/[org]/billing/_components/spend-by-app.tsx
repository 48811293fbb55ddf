'use client'
import Link from 'next/link'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import type { Spend } from '../../../../_lib/wire.ts'
import { Money } from '../../../../_ui/money.tsx'
import { Section } from '../../../../_ui/page.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'

type ByApp = Spend['by_app'][number]

/** How much of the whole this one is: the eye compares lengths faster than digits. */
function Share({ part, whole }: { part: number; whole: number }) {
  const percent = whole <= 0 ? 0 : Math.max(0, Math.min(100, (part / whole) * 100))
  return (
    <span aria-hidden className="block h-2 w-24 overflow-hidden rounded-full bg-sunken sm:w-40">
      <span className="block h-full rounded-full bg-accent" style={{ width: `${percent}%` }} />
    </span>
  )
}

export function SpendByApp({ overview }: { overview: Spend }) {
  const { org } = useOrg()
  if (overview.by_app.length === 0) return null
  const rows = [...overview.by_app].sort((a, b) => b.amount.amount - a.amount.amount)
  const largest = Math.max(...rows.map((row) => row.amount.amount))
  const columns: ReadonlyArray<Column<ByApp>> = [
    { id: 'name', title: 'App', cell: (row) => <bdi>{row.name}</bdi> },
    { id: 'share', title: '', cell: (row) => <Share part={row.amount.amount} whole={largest} /> },
    { id: 'amount', title: 'So far', align: 'end', cell: (row) => <Money value={row.amount} /> },
    { id: 'forecast', title: 'Estimate for the period', align: 'end', cell: (row) => <Money value={row.forecast} /> },
  ]
  return (
    <Section
      title="By app"
      action={
        <Link className="link text-13" href={paths.usage(org.slug)}>
          See the usage behind it
        </Link>
      }>
      <Table
        caption="Spend by app"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.app_id ?? `fee:${row.name}`}
        rowHref={(row) => (row.app_id === null ? null : `${paths.usage(org.slug)}?app=${row.app_id}`)}
      />
    </Section>
  )
}
