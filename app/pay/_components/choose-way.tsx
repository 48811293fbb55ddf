'use client'
import { useId, useState } from 'react'
import { money } from '../../_lib/format.ts'
import { toProblem } from '../../_lib/problem.ts'
import type { Checkout } from '../../_lib/wire.ts'
import { Button } from '../../_ui/button.tsx'
import { Checkbox, RadioCards, type RadioOption } from '../../_ui/choices.tsx'
import { Field } from '../../_ui/field.tsx'
import { Input } from '../../_ui/inputs.tsx'
import { ErrorPanel } from '../../_ui/states.tsx'
import { firstChoice, firstMethod, inHomeOrder, phoneNumber, rememberedRail, rememberRail } from './pay-step.ts'
import { RailMark, railDetail } from './rail.tsx'

type Way = Checkout['ways'][number]

export type Choice = { provider: Way['provider']; phone: string | null; saveMethod: boolean; methodId: string | null }
/** A stored card that may be charged at once. */
export type ChargeableMethod = { id: string; provider: Way['provider']; title: string; detail: string }
export type Opening = { start: (choice: Choice) => void; busy: boolean; error: unknown; clear: () => void }

const METHOD = 'method:'

const optionOf = (way: Way): RadioOption => ({
  value: way.provider,
  title: (
    <span className="inline-flex items-center gap-2">
      <RailMark kind={way.kind} className="size-4" />
      {way.name}
    </span>
  ),
  detail: railDetail(way),
  disabled: way.minimum === null ? undefined : `Takes no less than ${money(way.minimum)}`,
})
const optionOfMethod = (method: ChargeableMethod): RadioOption => ({
  value: `${METHOD}${method.id}`,
  title: (
    <span className="inline-flex items-center gap-2">
      <RailMark kind="wallet" className="size-4" />
      {method.title}
    </span>
  ),
  detail: method.detail,
})

function Phone({ value, onChange, error }: { value: string; onChange: (value: string) => void; error: string | undefined }) {
  return (
    <Field label="Phone number" hint="With country code, as +254 712 345 678. The request to confirm is sent there." error={error} required>
      {(control) => <Input {...control} type="tel" inputMode="tel" autoComplete="tel" placeholder="+254 712 345 678" value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  )
}

const verb = (way: Way | undefined, method: ChargeableMethod | undefined, sum: string): string => {
  if (method) return `Pay ${sum} with ${method.title}`
  if (way?.kind === 'instructions') return 'Show where to send it'
  return way?.kind === 'push' ? `Send the request for ${sum}` : `Pay ${sum} with ${way?.name ?? ''}`
}

/** Whoever was told to confirm on the phone in time is not asked for a card now. */
const triedWay = ({ payment }: Checkout): string | null => (payment?.state === 'failed' ? payment.provider : null)

type Props = { checkout: Checkout; methods: readonly ChargeableMethod[]; canSave: boolean; opening: Opening }

export function ChooseWay({ checkout, methods, canSave, opening }: Props) {
  const { amount_due: due } = checkout
  const ways = inHomeOrder(checkout.ways, due.currency)
  const [chosen, setChosen] = useState(() => {
    const card = firstMethod(methods, checkout)
    return card ? `${METHOD}${card.id}` : firstChoice(ways, triedWay(checkout) ?? rememberedRail())
  })
  const [phone, setPhone] = useState('')
  const [save, setSave] = useState(false)
  const [phoneFault, setPhoneFault] = useState<string>()
  const errorId = useId()
  const method = methods.find(({ id }) => chosen === `${METHOD}${id}`)
  const way = ways.find(({ provider }) => provider === (method?.provider ?? chosen))
  const problem = opening.error === null ? null : toProblem(opening.error)
  const atPhone = problem?.fields.find(({ path }) => path === 'phone')?.message ?? phoneFault
  const pay = () => {
    if (!way) return
    const bare = !method && way.kind === 'push' ? phoneNumber(phone, due.currency) : null
    if (!method && way.kind === 'push' && bare === null) return setPhoneFault('Enter the number with its country code, as +254 712 345 678.')
    rememberRail(way.provider)
    opening.start({ provider: way.provider, phone: bare, saveMethod: save && canSave && !method && way.saves_methods, methodId: method?.id ?? null })
  }
  const choose = (next: string) => {
    setChosen(next)
    setPhoneFault(undefined)
    opening.clear()
  }
  if (ways.length === 0) return <p className="text-14 text-muted">No way to pay in {due.currency} is set up here. Ask the seller how to pay.</p>
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        pay()
      }}>
      <RadioCards label="How to pay" value={chosen} onChange={choose} columns="grid-cols-1" options={[...methods.map(optionOfMethod), ...ways.map(optionOf)]} />
      {!method && way?.kind === 'push' ? (
        <Phone
          value={phone}
          error={atPhone}
          onChange={(value) => {
            setPhone(value)
            setPhoneFault(undefined)
          }}
        />
      ) : null}
      {canSave && !method && way?.saves_methods === true ? (
        <Checkbox checked={save} onChange={setSave} label="Save this card for later invoices" hint="It is kept by the provider; you can remove it at any time." />
      ) : null}
      {problem === null || atPhone !== undefined ? null : (
        <div id={errorId}>
          <ErrorPanel problem={problem} />
        </div>
      )}
      <Button type="submit" look="primary" className="w-full sm:w-auto sm:self-start" disabled={!way} busy={opening.busy}>
        {verb(way, method, money(due))}
      </Button>
    </form>
  )
}
