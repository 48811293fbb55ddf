'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { decimalAmount } from '../../../../_lib/format.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { LegalEntity } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { PageHeader, Panel, Section } from '../../../../_ui/page.tsx'
import { ErrorPanel, PanelSkeleton, TableSkeleton } from '../../../../_ui/states.tsx'
import { Badge } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { BrandChoice } from '../../catalogue/_components/brand-choice.tsx'
import { EntityDialog } from './entity-dialog.tsx'
import { minorOf } from './minor.ts'
import { TransferAccountsSection } from './transfer-accounts-section.tsx'

interface Settings { brand_id: string; grace_minutes: number; payment_term_days: number; approval_limits: { amount: number; currency: string }[]; etag: string }

/** `USD 100, NGN 50000`; null where it cannot be read. */
const limitsOf = (text: string): { amount: number; currency: string }[] | null => {
  const parts = text.split(/[,\n]/).map((part) => part.trim()).filter((part) => part !== '')
  const limits = parts.map((part) => {
    const [, currency = '', amount = ''] = /^([A-Z]{3})\s+([\d.]+)$/.exec(part) ?? []
    try {
      const minor = currency === '' ? null : minorOf(amount, currency)
      return minor === null ? null : { amount: minor, currency }
    } catch { return null }
  })
  return limits.some((limit) => limit === null) ? null : limits.filter((limit) => limit !== null)
}

function SettingsForm({ settings }: { settings: Settings }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [form, setForm] = useState({
    grace: String(settings.grace_minutes), term: String(settings.payment_term_days), limits: settings.approval_limits.map((limit) => `${limit.currency} ${decimalAmount(limit)}`).join(', '),
  })
  const save = useMutation(
    trpc.staffInvoices.setSettings.mutationOptions({
      onSuccess: () => {
        toast('Billing settings saved')
        void client.invalidateQueries({ queryKey: trpc.staffInvoices.settings.pathKey() })
      },
    }),
  )
  const limits = limitsOf(form.limits)
  return (
    <form
      noValidate className="grid max-w-180 gap-4 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (limits !== null) save.mutate({ brand_id: settings.brand_id, if_match: settings.etag, grace_minutes: Number(form.grace),
          payment_term_days: Number(form.term), approval_limits: limits })
      }}>
      <Field label="Drafts wait for late usage" required>{(control) => <Input {...control} after="minutes" inputMode="numeric" value={form.grace} onChange={(event) => setForm({ ...form, grace: event.target.value })} />}</Field>
      <Field label="Invoices are due after" required>{(control) => <Input {...control} after="days" inputMode="numeric" value={form.term} onChange={(event) => setForm({ ...form, term: event.target.value })} />}</Field>
      <Field
        label="Adjustments without a second person up to" hint="Like USD 100, NGN 50000. Without a limit each needs one." className="sm:col-span-2"
        error={limits === null ? 'Write a currency and an amount each, with commas between.' : undefined}>
        {(control) => <Input {...control} value={form.limits} onChange={(event) => setForm({ ...form, limits: event.target.value })} />}
      </Field>
      {save.error === null ? null : <ErrorPanel className="sm:col-span-2" problem={toProblem(save.error)} />}
      <div><Button type="submit" look="primary" busy={save.isPending} disabled={limits === null}>Save the settings</Button></div>
    </form>
  )
}

function OfBrand({ brandId }: { brandId: string }) {
  const trpc = useTRPC()
  const [open, setOpen] = useState<LegalEntity | 'new' | null>(null)
  const entities = useQuery(trpc.staffInvoices.entities.queryOptions({ brand_id: brandId }))
  const settings = useQuery(trpc.staffInvoices.settings.queryOptions({ brand_id: brandId }))
  const columns: ReadonlyArray<Column<LegalEntity>> = [
    { id: 'name', title: 'Seller', cell: (row) => <span className="flex flex-wrap gap-2"><bdi className="font-strong">{row.name}</bdi>{row.default ? <Badge>Default</Badge> : null}{row.archived_at === null ? null : <Badge>Archived</Badge>}</span> },
    { id: 'prefix', title: 'Numbers', cell: (row) => <code className="text-12">{row.prefix}-2026-000001</code> },
    { id: 'country', title: 'Country', cell: (row) => row.country },
    { id: 'tax', title: 'Tax number', cell: (row) => row.tax_id ?? 'None' },
    { id: 'orgs', title: 'Assigned customers', align: 'end', cell: (row) => row.organizations },
    { id: 'act', title: '', align: 'end', cell: (row) => <Button size="sm" onClick={() => setOpen(row)}>Edit</Button> },
  ]
  return (
    <>
      <Section title="Legal entities" hint="Each has series of its own, without gaps." action={<Button size="sm" onClick={() => setOpen('new')}>New seller</Button>}>
        <Load query={entities} skeleton={<TableSkeleton rows={2} label="Loading sellers" />}>
          {({ data }) => <Table caption="Legal entities" columns={columns} rows={data} rowKey={(row) => row.id} />}
        </Load>
      </Section>
      <TransferAccountsSection brandId={brandId} sellers={entities.data?.data ?? []} />
      <Section title="How it bills">
        <Panel>
          <Load query={settings} skeleton={<PanelSkeleton label="Loading billing settings" className="h-40" />}>
            {(data) => <SettingsForm key={data.etag} settings={data} />}
          </Load>
        </Panel>
      </Section>
      {open === null ? null : <EntityDialog brandId={brandId} entity={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </>
  )
}

export function SellersPage() {
  const brands = useQuery(useTRPC().staff.brands.queryOptions({ limit: 100 }))
  const [chosen, setChosen] = useState('')
  return (
    <>
      <PageHeader title="Sellers" action={<BrandChoice value={chosen} onChange={setChosen} />} />
      <Load query={brands} skeleton={<PanelSkeleton label="Loading sellers" className="h-60" />}>
        {({ data }) => {
          const brandId = chosen === '' ? data[0]?.id : chosen
          return brandId === undefined ? null : <OfBrand key={brandId} brandId={brandId} />
        }}
      </Load>
    </>
  )
}
