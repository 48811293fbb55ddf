'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { day, plural } from '../../../../_lib/format.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { TaxAffected, TaxRate } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { PageHeader, Section } from '../../../../_ui/page.tsx'
import { EmptyState, ErrorPanel, PanelSkeleton, TableSkeleton } from '../../../../_ui/states.tsx'
import { Badge } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'
import { BrandChoice } from '../../catalogue/_components/brand-choice.tsx'
import { AddRateDialog } from './add-rate-dialog.tsx'

const COUNTRIES = ['NG', 'KE', 'ZA', 'GH'] as const
const names: Record<(typeof COUNTRIES)[number], string> = { NG: 'Nigeria', KE: 'Kenya', ZA: 'South Africa', GH: 'Ghana' }
const treatments: Record<TaxAffected['category'], string> = {
  S: 'Taxed', Z: 'Zero rate', E: 'Exempt', AE: 'Reverse charge', O: 'Outside the scope', pending: 'Waits for the VAT register',
}
const percent = (rate: string): string => `${Number((Number(rate) * 100).toFixed(4))} %`

const affected: ReadonlyArray<Column<TaxAffected>> = [
  { id: 'country', title: 'Country', cell: (row) => row.country },
  { id: 'how', title: 'How', cell: (row) => treatments[row.category] },
  { id: 'rate', title: 'Rate', align: 'end', cell: (row) => (row.category === 'S' ? `${row.name} ${percent(row.rate)}${row.inclusive ? ', included' : ''}` : null) },
  { id: 'who', title: 'Such as', cell: (row) => <bdi>{row.examples.map((org) => org.name).join(', ')}</bdi> },
  { id: 'count', title: 'Customers', align: 'end', cell: (row) => row.organizations },
]

function EndRate({ rate, onClose }: { rate: TaxRate; onClose: () => void }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [until, setUntil] = useState(rate.active_to ?? '')
  const end = useMutation(
    trpc.staffTaxes.end.mutationOptions({
      onSuccess: () => {
        toast('Rate changed')
        void client.invalidateQueries({ queryKey: trpc.staffTaxes.pathKey() })
        onClose()
      },
    }),
  )
  return (
    <FormDialog
      title={`${rate.name} ${percent(rate.rate)} in ${rate.country}`} description="Issued invoices keep their tax. Supplies from that day on are taxed by what is in force then." action="Save the end"
      busy={end.isPending} error={end.error} fields={['active_to']} onClose={onClose} onSubmit={() => end.mutate({ tax_rate_id: rate.id, if_match: rate.etag, active_to: until === '' ? null : until })}>
      <Field label="First day without it" hint="Empty: it goes on." error={end.error === null ? undefined : toProblem(end.error).fields.find((one) => one.path === 'active_to')?.message}>
        {(control) => <Input {...control} type="date" className="w-44" value={until} onChange={(event) => setUntil(event.target.value)} />}
      </Field>
    </FormDialog>
  )
}

function Presets({ brandId }: { brandId: string }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const apply = useMutation(
    trpc.staffTaxes.preset.mutationOptions({
      onSuccess: ({ data }) => {
        toast(`${plural(data.length, 'rate')} in place`)
        void client.invalidateQueries({ queryKey: trpc.staffTaxes.pathKey() })
      },
    }),
  )
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <span className="text-13 text-muted">Standard rates with their sources:</span>
        {COUNTRIES.map((country) => (
          <Button key={country} size="sm" busy={apply.isPending && apply.variables.country === country} onClick={() => apply.mutate({ brand_id: brandId, country })}>
            {names[country]}
          </Button>
        ))}
      </div>
      {apply.error === null ? null : <ErrorPanel className="mb-3" problem={toProblem(apply.error)} />}
    </>
  )
}

function OfBrand({ brandId }: { brandId: string }) {
  const trpc = useTRPC()
  const [open, setOpen] = useState<TaxRate | 'new' | null>(null)
  const rates = useQuery(trpc.staffTaxes.rates.queryOptions({ brand_id: brandId }))
  const who = useQuery(trpc.staffTaxes.affected.queryOptions({ brand_id: brandId }))
  const columns: ReadonlyArray<Column<TaxRate>> = [
    { id: 'country', title: 'Where', cell: (row) => <span className="flex gap-2">{row.country}{row.region === '' ? '' : `, ${row.region}`}{row.current ? <Badge tone="good">In force</Badge> : null}</span> },
    { id: 'product', title: 'For', cell: (row) => (row.product === '' ? 'Everything' : row.product) },
    { id: 'rate', title: 'Rate', align: 'end', cell: (row) => `${row.name} ${percent(row.rate)}${row.inclusive ? ', included in prices' : ''}` },
    { id: 'from', title: 'From', cell: (row) => day(row.active_from) },
    { id: 'to', title: 'Until', cell: (row) => (row.active_to === null ? 'Further notice' : day(row.active_to)) },
    { id: 'source', title: 'Source', cell: (row) => <span className="text-12 text-muted">{row.source}</span> },
    { id: 'act', title: '', align: 'end', cell: (row) => <Button size="sm" onClick={() => setOpen(row)}>End</Button> },
  ]
  return (
    <>
      <Section title="Rates" hint="From the first rate on, customers abroad without one are outside the scope." action={<Button size="sm" look="primary" onClick={() => setOpen('new')}>Add a rate</Button>}>
        <Presets brandId={brandId} />
        <Load query={rates} skeleton={<TableSkeleton rows={3} label="Loading rates" />}>
          {({ data }) => (data.length === 0
            ? <EmptyState title="No rate yet">Every customer is charged the brand&apos;s own flat rate.</EmptyState>
            : <Table caption="Tax rates" columns={columns} rows={data} rowKey={(row) => row.id} />)}
        </Load>
      </Section>
      <Section title="Who is affected" hint="How each customer would be taxed today.">
        <Load query={who} skeleton={<TableSkeleton rows={3} label="Loading customers by tax" />}>
          {({ data }) => (data.length === 0
            ? <EmptyState title="No customer yet">They appear here with their country and tax.</EmptyState>
            : <Table caption="Customers by tax" columns={affected} rows={data} rowKey={(row) => `${row.country}${row.category}${row.rate}${row.name}`} />)}
        </Load>
      </Section>
      {open === 'new' ? <AddRateDialog brandId={brandId} onClose={() => setOpen(null)} /> : open === null ? null : <EndRate rate={open} onClose={() => setOpen(null)} />}
    </>
  )
}

export function TaxesPage() {
  const brands = useQuery(useTRPC().staff.brands.queryOptions({ limit: 100 }))
  const [chosen, setChosen] = useState('')
  return (
    <>
      <PageHeader title="Taxes" action={<BrandChoice value={chosen} onChange={setChosen} />} />
      <Load query={brands} skeleton={<PanelSkeleton label="Loading sellers" className="h-60" />}>
        {({ data }) => {
          const brandId = chosen === '' ? data[0]?.id : chosen
          return brandId === undefined ? null : <OfBrand key={brandId} brandId={brandId} />
        }}
      </Load>
    </>
  )
}
