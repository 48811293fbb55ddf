'use client'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import type { PriceInput } from '../../../../../server/contract/billing-preview.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { Money } from '../../../../_ui/money.tsx'
import { Figure, Panel } from '../../../../_ui/page.tsx'

export type PricedMeter = { meter: string; name: string; unit: string; price: PriceInput }
/** Any whole month: an example has no date of its own. */
const PERIOD = { start: '2026-01-01', end: '2026-02-01' }
/** One app of 1 vCPU and 512 MiB that runs all month and sends 50 GiB. */
const EXAMPLE: Record<string, string> = { vcpu_seconds: '730', memory_mib_seconds: '365', egress_bytes: '50', volume_gib_seconds: '20' }

/** What a customer with these quantities pays for a period, rated by the engine that makes the invoices. */
export function ExamplePanel({ currency, recurring, meters }: { currency: string; recurring: PriceInput; meters: readonly PricedMeter[] }) {
  const [quantities, setQuantities] = useState<Record<string, string>>({})
  const [count, setCount] = useState('1')
  const quantityOf = (meter: string): string => quantities[meter] ?? EXAMPLE[meter] ?? '100'
  const lines = [{ key: 'plan', price: recurring, quantity: count }, ...meters.map(({ meter, price }) => ({ key: meter, price, quantity: quantityOf(meter) }))]
  const body = useDeferredValue(JSON.stringify({ currency, period: PERIOD, lines }))
  const asked = JSON.parse(body) as Record<string, unknown>
  const example = useQuery(useTRPC().catalogue.example.queryOptions(asked, { retry: false, placeholderData: (before) => before }))
  const amountOf = (key: string): number | null => example.data?.lines.find((line) => line.key === key)?.amount ?? null
  const row = (key: string, name: string, unit: string, value: string, onChange: (text: string) => void) => {
    const amount = example.error === null ? amountOf(key) : null
    return (
      <div key={key} className="grid grid-cols-[1fr_auto] items-end gap-3">
        <Field label={name} required>
          {(control) => <Input {...control} inputMode="decimal" autoComplete="off" after={unit} value={value} onChange={(event) => onChange(event.target.value.trim())} />}
        </Field>
        <span className="pb-2 text-14">{amount === null ? '–' : <Money value={{ amount, currency }} />}</span>
      </div>
    )
  }
  return (
    <Panel className="lg:sticky lg:top-4">
      <Figure
        label="An example customer pays"
        value={example.data === undefined || example.error !== null ? '–' : <Money value={{ amount: example.data.total, currency }} />}
        note="for a whole period, before tax"
      />
      <div className="mt-4 flex flex-col gap-3" aria-live="polite">
        {row('plan', 'Plan', '×', count, setCount)}
        {meters.map(({ meter, name, unit }) => row(meter, name, unit, quantityOf(meter), (text) => setQuantities({ ...quantities, [meter]: text })))}
        {example.error === null ? null : <p className="text-13 text-muted">{toProblem(example.error).fields[0]?.message === undefined ? 'Fill in the prices to see it.' : 'Some prices or quantities are missing or wrong.'}</p>}
      </div>
    </Panel>
  )
}
