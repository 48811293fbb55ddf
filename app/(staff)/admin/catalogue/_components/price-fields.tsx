'use client'
import { Plus, Trash2 } from 'lucide-react'
import { Button, IconButton } from '../../../../_ui/button.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input, Select } from '../../../../_ui/inputs.tsx'
import { MODELS, modelWords, type Model, type PriceDraft, type TierDraft } from './price-draft.ts'

/** What the server said of each field, by its path. */
export type Faults = ReadonlyMap<string, string>
type Props = {
  draft: PriceDraft; onChange: (draft: PriceDraft) => void; currency: string; unit: string; path: string; faults: Faults; models?: readonly Model[]
}

type AmountProps = {
  label: string; hint?: string; value: string; onChange: (text: string) => void; before?: string; error?: string | undefined; required?: boolean
}

function Amount({ label, hint, value, onChange, before, error, required = true }: AmountProps) {
  return (
    <Field label={label} hint={hint} required={required} error={error}>
      {(control) => (
        <Input
          {...control}
          mono
          inputMode="decimal"
          autoComplete="off"
          {...(before === undefined ? {} : { before })}
          value={value}
          onChange={(event) => onChange(event.target.value.trim())}
        />
      )}
    </Field>
  )
}

function Tiers({ draft, onChange, currency, path, faults }: Props) {
  const { tiers } = draft
  const put = (index: number, change: Partial<TierDraft>) =>
    onChange({ ...draft, tiers: tiers.map((tier, i) => (i === index ? { ...tier, ...change } : tier)) })
  const below = (index: number): string => tiers[index - 1]?.up_to ?? ''
  return (
    <div className="flex flex-col gap-3 sm:col-span-2">
      {tiers.map((tier, index) => {
        const last = index === tiers.length - 1
        const at = `${path}.tiers.${index}`
        return (
          <div key={index} role="group" aria-label={`Tier ${index + 1}`} className="grid grid-cols-2 items-start gap-3 rounded-box border border-line p-3 sm:grid-cols-[1fr_1fr_1fr_auto]">
            {last ? (
              <Field label="Up to" required>
                {(control) => <Input {...control} disabled value={index === 0 ? 'any quantity' : `all above ${below(index)}`} />}
              </Field>
            ) : (
              <Amount label="Up to" value={tier.up_to} error={faults.get(`${at}.up_to`)} onChange={(up_to) => put(index, { up_to })} />
            )}
            <Amount label="Each" before={currency} value={tier.unit_amount} error={faults.get(`${at}.unit_amount`)} onChange={(unit_amount) => put(index, { unit_amount })} />
            <Amount label="Once" before={currency} required={false} value={tier.flat_amount} error={faults.get(`${at}.flat_amount`)} onChange={(flat_amount) => put(index, { flat_amount })} />
            <IconButton
              label={`Remove tier ${index + 1}`}
              className="mt-6 justify-self-end"
              disabled={tiers.length === 1}
              onClick={() => onChange({ ...draft, tiers: tiers.filter((_, i) => i !== index) })}>
              <Trash2 aria-hidden className="size-4" />
            </IconButton>
          </div>
        )
      })}
      <Button
        size="sm"
        className="w-max"
        icon={<Plus aria-hidden className="size-4" />}
        onClick={() => onChange({ ...draft, tiers: [...tiers, { up_to: '', unit_amount: '', flat_amount: '0' }] })}>
        Add a tier
      </Button>
    </div>
  )
}

function ModelFields(props: Props) {
  const { draft, onChange, currency, unit, path, faults } = props
  const amount = (name: Exclude<keyof PriceDraft, 'tiers'>, label: string, more: Partial<AmountProps> = {}) => (
    <Amount label={label} value={draft[name]} error={faults.get(`${path}.${name}`)} onChange={(text) => onChange({ ...draft, [name]: text })} {...more} />
  )
  switch (draft.model) {
    case 'flat': return amount('unit_amount', 'Amount', { before: currency })
    case 'per_unit': return amount('unit_amount', `Per ${unit}`, { before: currency })
    case 'graduated':
    case 'volume': return <Tiers {...props} />
    case 'package': return (
      <>
        {amount('unit_amount', 'Per package', { before: currency })}
        {amount('package_size', `Package, in ${unit}`)}
        {amount('free_units', 'Included', { required: false, hint: 'Free before the first package' })}
      </>
    )
    case 'percentage': return (
      <>
        {amount('rate', 'Share', { hint: '0.015 is 1.5 %' })}
        {amount('fixed_amount', 'Per event', { before: currency, required: false })}
        {amount('free_events', 'Free events', { required: false })}
      </>
    )
  }
}

/** Any price model with its minimum and maximum. Amounts are exact decimals, kept as text. */
export function PriceFields(props: Props) {
  const { draft, onChange, currency, path, faults, models = MODELS } = props
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="How it is priced" required className="sm:col-span-2">
        {(control) => (
          <Select
            {...control}
            value={draft.model}
            options={models.map((model) => ({ value: model, label: modelWords[model] }))}
            onChange={(event) => onChange({ ...draft, model: models.find((model) => model === event.target.value) ?? draft.model })}
          />
        )}
      </Field>
      <ModelFields {...props} />
      <Amount label="At least" before={currency} required={false} value={draft.minimum} error={faults.get(`${path}.minimum`)} onChange={(minimum) => onChange({ ...draft, minimum })} />
      <Amount label="At most" before={currency} required={false} value={draft.maximum} error={faults.get(`${path}.maximum`)} onChange={(maximum) => onChange({ ...draft, maximum })} />
    </div>
  )
}
