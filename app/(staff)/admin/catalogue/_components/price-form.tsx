'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from 'sonner'
import { INTERVALS, TIMINGS } from '../../../../../server/contract/catalogue.ts'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { CatalogueMeter, CataloguePlan, CataloguePrice } from '../../../../_lib/wire.ts'
import { Button, IconButton } from '../../../../_ui/button.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input, Select } from '../../../../_ui/inputs.tsx'
import { Panel, Section } from '../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { ExamplePanel } from './example-panel.tsx'
import { faultsOf } from './faults.ts'
import { emptyPrice, MODELS, toDraft, toPrice, type PriceDraft } from './price-draft.ts'
import { PriceFields, type Faults } from './price-fields.tsx'

interface Terms {
  currency: string; region: string; interval: (typeof INTERVALS)[number]; timing: (typeof TIMINGS)[number]
  trial_days: string; setup_fee: string; commitment: string
}
interface ChargeDraft { meter: string; draft: PriceDraft }
type Props = { plan: CataloguePlan; meters: readonly CatalogueMeter[]; base: CataloguePrice | null }

const termsOf = (base: CataloguePrice | null): Terms => ({
  currency: base?.currency ?? 'USD', region: base?.region ?? '', interval: base?.interval ?? 'month', timing: base?.timing ?? 'arrears',
  trial_days: String(base?.trial_days ?? 0), setup_fee: base?.setup_fee ?? '0', commitment: base?.commitment ?? '',
})

function TermFields({ terms, onChange, faults }: { terms: Terms; onChange: (terms: Terms) => void; faults: Faults }) {
  const text = (name: 'currency' | 'region' | 'trial_days' | 'setup_fee' | 'commitment', label: string, hint: string, required = true) => (
    <Field label={label} hint={hint} required={required} error={faults.get(name)}>
      {(control) => <Input {...control} autoComplete="off" value={terms[name]} onChange={(event) => onChange({ ...terms, [name]: name === 'currency' || name === 'region' ? event.target.value.trim().toUpperCase() : event.target.value.trim() })} />}
    </Field>
  )
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {text('currency', 'Currency', 'ISO 4217, like NGN')}
      {text('region', 'Country', 'Like NG; empty is everywhere without a price of its own', false)}
      <Field label="A period is" required>
        {(control) => <Select {...control} value={terms.interval} options={INTERVALS.map((one) => ({ value: one, label: `a ${one}` }))} onChange={(event) => onChange({ ...terms, interval: INTERVALS.find((one) => one === event.target.value) ?? 'month' })} />}
      </Field>
      <Field label="The plan is paid" required>
        {(control) => <Select {...control} value={terms.timing} options={TIMINGS.map((one) => ({ value: one, label: `in ${one}` }))} onChange={(event) => onChange({ ...terms, timing: TIMINGS.find((one) => one === event.target.value) ?? 'arrears' })} />}
      </Field>
      {text('trial_days', 'Trial, in days', 'Once per organization; usage is charged')}
      {text('setup_fee', 'Set-up fee', 'Once, with the first charge')}
      {text('commitment', 'Spend commitment', 'What plan and usage of a period come to at least', false)}
    </div>
  )
}

type ChargesProps = {
  charges: ChargeDraft[]; meters: readonly CatalogueMeter[]; onChange: (charges: ChargeDraft[]) => void; currency: string; faults: Faults
}

function Charges({ charges, meters, onChange, currency, faults }: ChargesProps) {
  const free = meters.filter((meter) => !charges.some((charge) => charge.meter === meter.key))
  return (
    <div className="flex flex-col gap-4">
      {charges.map(({ meter, draft }, index) => {
        const known = meters.find((one) => one.key === meter)
        return (
          <Panel key={meter}>
            <div className="mb-3 flex items-center justify-between gap-3">
              <h3 className="font-strong">{known?.name ?? meter}</h3>
              <IconButton label={`Charge nothing for ${known?.name ?? meter}`} size="sm" onClick={() => onChange(charges.filter((_, i) => i !== index))}>
                <Trash2 aria-hidden className="size-4" />
              </IconButton>
            </div>
            {faults.get(`charges.${index}.meter`) === undefined ? null : <p className="mb-3 text-13 text-bad">{faults.get(`charges.${index}.meter`)}</p>}
            <PriceFields
              draft={draft}
              currency={currency}
              unit={known?.unit ?? 'unit'}
              path={`charges.${index}.price`}
              faults={faults}
              onChange={(changed) => onChange(charges.map((charge, i) => (i === index ? { ...charge, draft: changed } : charge)))}
            />
          </Panel>
        )
      })}
      {free.length === 0 ? null : (
        <Select
          aria-label="Charge for another meter"
          className="max-w-80"
          value=""
          options={[{ value: '', label: charges.length === 0 ? 'Usage is free; charge for a meter…' : 'Charge for another meter…' }, ...free.map((meter) => ({ value: meter.key, label: `${meter.name}, per ${meter.unit}` }))]}
          onChange={(event) => event.target.value === '' ? undefined : onChange([...charges, { meter: event.target.value, draft: { ...emptyPrice, model: 'per_unit' } }])}
        />
      )}
    </div>
  )
}

export function PriceForm({ plan, meters, base }: Props) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const router = useRouter()
  const [terms, setTerms] = useState(termsOf(base))
  const [recurring, setRecurring] = useState<PriceDraft>(base ? toDraft(base.recurring) : emptyPrice)
  const [charges, setCharges] = useState<ChargeDraft[]>((base?.charges ?? []).map(({ meter, price }) => ({ meter, draft: toDraft(price) })))
  const publish = useMutation(
    trpc.catalogue.publish.mutationOptions({
      onSuccess: (price) => {
        toast(`Version ${price.version} for ${price.currency}${price.region === '' ? '' : ` in ${price.region}`} is published`)
        void client.invalidateQueries({ queryKey: trpc.catalogue.pathKey() })
        router.push(paths.adminPlan(plan.id))
      },
    }),
  )
  const faults = faultsOf(publish.error)
  const priced = charges.map(({ meter, draft }) => ({ meter, price: toPrice(draft) }))
  const submit = (): void => publish.mutate({
    plan_id: plan.id, currency: terms.currency, region: terms.region, interval: terms.interval, timing: terms.timing, trial_days: Number(terms.trial_days) || 0,
    setup_fee: terms.setup_fee === '' ? '0' : terms.setup_fee, commitment: terms.commitment === '' ? null : terms.commitment, recurring: toPrice(recurring), charges: priced,
  })
  return (
    <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_320px]">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}>
        <Section title="Market and terms">
          <TermFields terms={terms} onChange={setTerms} faults={faults} />
        </Section>
        <Section title="Plan, a period" hint="Its quantity is that of the subscription.">
          <PriceFields draft={recurring} onChange={setRecurring} currency={terms.currency} unit="one" path="recurring" faults={faults} models={MODELS.filter((model) => model !== 'percentage')} />
        </Section>
        <Section title="Usage">
          <Charges charges={charges} meters={meters} onChange={setCharges} currency={terms.currency} faults={faults} />
        </Section>
        {publish.error === null ? null : <ErrorPanel className="mb-4" problem={toProblem(publish.error)} />}
        <Button type="submit" look="primary" busy={publish.isPending}>
          Publish for {terms.currency}
          {terms.region === '' ? '' : ` in ${terms.region}`}
        </Button>
      </form>
      <ExamplePanel
        currency={terms.currency}
        recurring={toPrice(recurring)}
        meters={priced.map(({ meter, price }) => {
          const known = meters.find((one) => one.key === meter)
          return { meter, name: known?.name ?? meter, unit: known?.unit ?? '', price }
        })}
      />
    </div>
  )
}
