'use client'
import { useState } from 'react'
import type { Subscription } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'

type Props = { subscription: Subscription; refused: string | null; onChoose: (quantity: number) => void }

/** Only where the price depends on it. */
export function QuantityForm({ subscription, refused, onChoose }: Props) {
  const [text, setText] = useState(String(subscription.quantity))
  const isWhole = /^[1-9]\d{0,5}$/.test(text)
  const wanted = Number(text)
  return (
    <form
      noValidate
      className="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (isWhole && wanted !== subscription.quantity) onChoose(wanted)
      }}>
      <Field label="Quantity" required className="w-36" error={isWhole ? undefined : 'Use a whole number from 1.'}>
        {(control) => <Input {...control} inputMode="numeric" autoComplete="off" value={text} onChange={(event) => setText(event.target.value.trim())} />}
      </Field>
      <Button type="submit" disabled={!isWhole || wanted === subscription.quantity || refused !== null} title={refused ?? undefined}>
        See what it costs
      </Button>
    </form>
  )
}
