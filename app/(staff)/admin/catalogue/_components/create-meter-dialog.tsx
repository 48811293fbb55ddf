'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { AGGREGATIONS } from '../../../../../server/contract/catalogue.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { Button } from '../../../../_ui/button.tsx'
import { Dialog } from '../../../../_ui/dialog.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input, Select } from '../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { faultsOf } from './faults.ts'

type Aggregation = (typeof AGGREGATIONS)[number]
const words: Record<Aggregation, string> = {
  sum: 'Sum of data.value', count: 'Number of events', max: 'Highest data.value', last: 'Last data.value', unique: 'Number of different values of a field',
}

export function CreateMeterDialog({ brandId, onClose }: { brandId: string; onClose: () => void }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [form, setForm] = useState({ key: '', name: '', unit: '', meter_units: '1', field: '' })
  const [aggregation, setAggregation] = useState<Aggregation>('sum')
  const create = useMutation(
    trpc.catalogue.createMeter.mutationOptions({
      onSuccess: (meter) => {
        toast(`${meter.name} can be priced`)
        void client.invalidateQueries({ queryKey: trpc.catalogue.pathKey() })
        onClose()
      },
    }),
  )
  const faults = faultsOf(create.error)
  const text = (name: keyof typeof form, label: string, hint?: string) => (
    <Field label={label} required hint={hint} error={faults.get(name)}>
      {(control) => <Input {...control} autoComplete="off" spellCheck={false} value={form[name]} onChange={(event) => setForm({ ...form, [name]: event.target.value })} />}
    </Field>
  )
  return (
    <Dialog open onOpenChange={onClose} title="New meter" description="Fed by usage events whose type is the key. It cannot be changed later, because prices are made for it.">
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          const { field, ...input } = form
          create.mutate({ ...input, key: input.key.trim(), aggregation, ...(aggregation === 'unique' ? { field } : {}), ...(brandId === '' ? {} : { brand_id: brandId }) })
        }}>
        {text('name', 'Name')}
        {text('key', 'Key', 'Type of its usage events, like api_calls')}
        <Field label="Counts" required error={faults.get('aggregation')}>
          {(control) => (
            <Select
              {...control}
              value={aggregation}
              options={AGGREGATIONS.map((one) => ({ value: one, label: words[one] }))}
              onChange={(event) => setAggregation(AGGREGATIONS.find((one) => one === event.target.value) ?? 'sum')}
            />
          )}
        </Field>
        {aggregation === 'unique' ? text('field', 'Field', 'Name within the event\'s data') : null}
        {text('unit', 'Unit', 'What prices are made for, like 1,000 calls')}
        {text('meter_units', 'Measured per unit', 'So many of what is counted are one unit')}
        {create.error === null || faults.size > 0 ? null : <ErrorPanel problem={toProblem(create.error)} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={create.isPending} disabled={form.key === '' || form.name === '' || form.unit === ''}>
            Create the meter
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
