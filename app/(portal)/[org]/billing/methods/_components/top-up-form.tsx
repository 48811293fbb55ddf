'use client'
import { useState } from 'react'
import { decimalAmount, money } from '../../../../../_lib/format.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import type { PaymentSettings } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { useSaveSettings } from './use-save-settings.ts'

type Props = { settings: PaymentSettings; able: boolean; refused: string | null }

/** Buys credit when it runs low: for those who pay ahead. */
export function TopUpForm({ settings, able, refused }: Props) {
  const { org } = useOrg()
  const { top_up: rule } = settings
  const { save, base } = useSaveSettings(settings, 'The rule is saved')
  const [below, setBelow] = useState(rule === null ? '' : decimalAmount(rule.below))
  const [amount, setAmount] = useState(rule === null ? '' : decimalAmount(rule.amount))
  const problem = save.error === null ? null : toProblem(save.error)
  const fault = (path: string) => problem?.fields.find((one) => one.path === path)?.message
  const faults = [fault('top_up.below'), fault('top_up.amount')]
  const closed = refused !== null || !able
  const unchanged = rule !== null && below === decimalAmount(rule.below) && amount === decimalAmount(rule.amount)
  return (
    <form
      noValidate
      className="border-t border-line pt-5"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ ...base, top_up: { below: below.trim(), amount: amount.trim() } })
      }}>
      <h3 className="font-strong">Top up credit</h3>
      <p className="text-13 text-muted">
        {rule === null
          ? 'Off. With a rule, credit is bought as soon as less than the first sum is left, at most one purchase at a time.'
          : `${money(rule.amount)} are bought as soon as less than ${money(rule.below)} is left.`}
      </p>
      <div className="mt-3 grid gap-3 sm:grid-cols-2">
        <Field label="When less than this is left" error={faults[0]} required>
          {(control) => <Input {...control} inputMode="decimal" autoComplete="off" placeholder="20" before={org.currency} disabled={closed} value={below} onChange={(event) => setBelow(event.target.value)} />}
        </Field>
        <Field label="Buy this much" error={faults[1]} required>
          {(control) => <Input {...control} inputMode="decimal" autoComplete="off" placeholder="50" before={org.currency} disabled={closed} value={amount} onChange={(event) => setAmount(event.target.value)} />}
        </Field>
      </div>
      {problem === null || faults.some((one) => one !== undefined) ? null : (
        <div className="mt-3">
          <ErrorPanel problem={problem} />
        </div>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        <Button type="submit" busy={save.isPending} disabled={closed || unchanged || below.trim() === '' || amount.trim() === ''} title={refused ?? undefined}>
          {rule === null ? 'Turn the rule on' : 'Save the rule'}
        </Button>
        {rule === null ? null : (
          <Button look="quiet" disabled={refused !== null || save.isPending} onClick={() => save.mutate({ ...base, top_up: null })}>
            Turn it off
          </Button>
        )}
      </div>
    </form>
  )
}
