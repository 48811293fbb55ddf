'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { DECIMAL_PATTERN } from '../../../../server/contract/money.ts'
import { instant } from '../../../_lib/format.ts'
import { toProblem } from '../../../_lib/problem.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import type { PriceList } from '../../../_lib/wire.ts'
import { Button } from '../../../_ui/button.tsx'
import { Field } from '../../../_ui/field.tsx'
import { Input } from '../../../_ui/inputs.tsx'
import { Money } from '../../../_ui/money.tsx'
import { Panel } from '../../../_ui/page.tsx'
import { ErrorPanel } from '../../../_ui/states.tsx'

const isPrice = (text: string): boolean => DECIMAL_PATTERN.test(text) && !text.startsWith('-')

/** Rates are exact decimals, written as text: a price is never a float. */
export function PriceEditor({ list }: { list: PriceList }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [flat, setFlat] = useState(list.price)
  const [rates, setRates] = useState(() => Object.fromEntries(list.rates.map((rate) => [rate.meter, rate.unit_price ?? ''])))
  // Tiers and packages have an editor of their own.
  const plain = list.recurring.model === 'flat' && list.rates.every((rate) => rate.unit_price !== null)
  const save = useMutation(
    trpc.staff.setPrice.mutationOptions({
      onSuccess: (next) => {
        toast(`Version ${next.version} of the ${next.currency} prices saved`)
        void client.invalidateQueries({ queryKey: trpc.staff.prices.pathKey() })
      },
    }),
  )
  const values = [flat, ...Object.values(rates)]
  const changed = flat !== list.price || list.rates.some(({ meter, unit_price }) => rates[meter] !== unit_price)
  const fault = (text: string) => (isPrice(text) ? undefined : 'A plain decimal with at most 12 decimals.')
  const submit = () =>
    save.mutate({
      brand_id: list.brand_id,
      plan_key: list.plan_key,
      currency: list.currency,
      region: list.region,
      price: flat,
      charges: list.rates.map(({ meter }) => ({ meter, price: { model: 'per_unit', unit_amount: rates[meter] ?? '' } })),
    })
  return (
    <Panel>
      <form
        noValidate
        className="grid gap-4 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (values.every(isPrice)) submit()
        }}>
        <p className="text-13 text-muted sm:col-span-2">
          <span className="font-strong text-ink">
            {list.currency}
            {list.region === '' ? '' : ` in ${list.region}`}, {list.name} plan
          </span>
          , version {list.version}, in force since {instant(list.active_from)}. A {list.example.vcpu} vCPU, {list.example.memory_mib} MiB
          app for a month:{' '}
          <span className="text-ink">
            <Money value={list.example.app} />
          </span>
          , with the plan{' '}
          <span className="text-ink">
            <Money value={list.example.total} />
          </span>
          .
        </p>
        <Field label="Plan, a month" required error={fault(flat)}>
          {(control) => (
            <Input
              {...control}
              before={list.currency}
              value={flat}
              inputMode="decimal"
              autoComplete="off"
              onChange={(event) => setFlat(event.target.value.trim())}
            />
          )}
        </Field>
        {(plain ? list.rates : []).map((rate) => (
          <Field
            key={rate.meter}
            label={rate.name}
            required
            error={fault(rates[rate.meter] ?? '')}
            hint={`per ${rate.unit}`}>
            {(control) => (
              <Input
                {...control}
                mono
                before={list.currency}
                value={rates[rate.meter] ?? ''}
                inputMode="decimal"
                autoComplete="off"
                onChange={(event) => setRates({ ...rates, [rate.meter]: event.target.value.trim() })}
              />
            )}
          </Field>
        ))}
        {save.error === null ? null : <ErrorPanel className="sm:col-span-2" problem={toProblem(save.error)} />}
        <Button type="submit" className="w-max" disabled={!plain || !changed || !values.every(isPrice)} busy={save.isPending}>
          Save as version {list.version + 1}
        </Button>
      </form>
    </Panel>
  )
}
