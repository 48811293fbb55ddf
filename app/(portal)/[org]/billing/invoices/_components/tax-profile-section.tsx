'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { day } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { TaxProfile } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Checkbox } from '../../../../../_ui/choices.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input, Select } from '../../../../../_ui/inputs.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { Panel, Section } from '../../../../../_ui/page.tsx'
import { ErrorPanel, PanelSkeleton } from '../../../../../_ui/states.tsx'
import { Banner, Status, type StatusLook } from '../../../../../_ui/status.tsx'

const checks: Record<TaxProfile['vat_status'], StatusLook | null> = {
  none: null, pending: { tone: 'info', word: 'The VAT register is being asked; invoices wait for it', busy: true }, valid: { tone: 'good', word: 'Confirmed by the VAT register' },
  invalid: { tone: 'attention', word: 'The VAT register does not know this number: tax is charged' },
}
const languages = [{ value: '', label: 'By country' }, { value: 'en', label: 'English' }, { value: 'fr', label: 'French' }, { value: 'sw', label: 'Swahili' }]

function Form({ profile }: { profile: TaxProfile }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const refused = refusedBecause(org, 'billing:write')
  const [form, setForm] = useState({ business: profile.business, tax_id: profile.tax_id ?? '', region: profile.region, language: profile.document_language ?? '' })
  const save = useMutation(
    trpc.invoicing.setTaxProfile.mutationOptions({
      onSuccess: () => {
        toast('Tax profile saved')
        void client.invalidateQueries({ queryKey: trpc.invoicing.pathKey() })
      },
    }),
  )
  const problem = save.error === null ? null : toProblem(save.error)
  const fault = (path: string) => problem?.fields.find((one) => one.path === path)?.message
  const check = checks[profile.vat_status]
  return (
    <form
      noValidate
      className="flex max-w-120 flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        const taxId = form.tax_id.trim()
        save.mutate({
          organization_id: org.id, if_match: profile.etag, business: form.business, tax_id: taxId === '' ? null : taxId, region: form.region.trim(),
          document_language: form.language === 'en' || form.language === 'fr' || form.language === 'sw' ? form.language : null,
        })
      }}>
      {profile.exempt ? (
        <Banner tone="good">
          Exempt from tax{profile.exempt_until === null ? '' : ` until ${day(profile.exempt_until)}`}: {profile.exempt_evidence}
        </Banner>
      ) : null}
      <Checkbox checked={form.business} label="We buy as a business" hint="With a VAT number of another EU country tax is accounted for by you." onChange={(business) => setForm({ ...form, business })} />
      <Field label="Tax number" hint={`As your country (${profile.country}) writes it`} error={fault('tax_id')} required={form.business}>
        {(control) => <Input {...control} mono autoComplete="off" spellCheck={false} value={form.tax_id} onChange={(event) => setForm({ ...form, tax_id: event.target.value })} />}
      </Field>
      {check === null ? null : <Status {...check} />}
      <Field label="State or region" error={fault('region')}>
        {(control) => <Input {...control} value={form.region} onChange={(event) => setForm({ ...form, region: event.target.value })} />}
      </Field>
      <Field label="Language of invoices">
        {(control) => <Select {...control} className="w-44" options={languages} value={form.language} onChange={(event) => setForm({ ...form, language: event.target.value })} />}
      </Field>
      {problem === null || fault('tax_id') !== undefined ? null : <ErrorPanel problem={problem} />}
      <div>
        <Button type="submit" look="primary" busy={save.isPending} disabled={refused !== null} title={refused ?? undefined}>
          Save the tax profile
        </Button>
        {refused === null ? null : <p className="mt-1 text-12 text-muted">{refused}</p>}
      </div>
    </form>
  )
}

export function TaxProfileSection() {
  const { org } = useOrg()
  const query = useQuery(
    useTRPC().invoicing.taxProfile.queryOptions({ organization_id: org.id }, { refetchInterval: ({ state }) => (state.data?.vat_status === 'pending' ? 3000 : false) }),
  )
  return (
    <Section title="Tax profile" hint="Invoices from now on follow it; issued ones stay as they are.">
      <Panel>
        <Load query={query} skeleton={<PanelSkeleton label="Loading the tax profile" className="h-60" />}>
          {(profile) => <Form key={profile.etag} profile={profile} />}
        </Load>
      </Panel>
    </Section>
  )
}
