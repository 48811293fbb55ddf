'use client'
import { Download } from 'lucide-react'
import { useEffect, useState } from 'react'
import { day } from '../../_lib/format.ts'
import type { Checkout } from '../../_lib/wire.ts'
import { buttonClass } from '../../_ui/button.tsx'
import { Money } from '../../_ui/money.tsx'
import { ChooseWay, type ChargeableMethod, type Opening } from './choose-way.tsx'
import { payStep, type PayStep } from './pay-step.ts'
import { AtProvider, Checking, ConfirmOnPhone, Failed, Notice, RequiresAction, TransferInstructions } from './steps.tsx'

export type PayPanelProps = {
  checkout: Checkout
  opening: Opening
  /** The payment the provider sent the payer back from. */
  returned: string | null
  receiptHref: (paymentId: string) => string
  methods?: readonly ChargeableMethod[]
  canSave?: boolean
}

const closedWords: Record<string, string> = {
  void: 'This invoice was voided: there is nothing to pay.', uncollectible: 'This invoice was given up. Ask the seller before you pay it.', draft: 'This invoice is not issued yet.',
}

function Paid({ checkout, receiptHref }: Pick<PayPanelProps, 'checkout' | 'receiptHref'>) {
  const { receipt } = checkout
  return (
    <Notice
      tone="good"
      title="Paid"
      action={
        receipt === null ? undefined : (
          <a className={buttonClass('plain')} href={receiptHref(receipt.payment_id)} download>
            <Download aria-hidden className="size-4" />
            Receipt
          </a>
        )
      }>
      {receipt === null ? (
        'Nothing is left to pay.'
      ) : (
        <>
          <Money value={receipt.amount} /> arrived by {receipt.name} on {day(checkout.paid_at ?? receipt.at)}. The receipt was mailed too.
        </>
      )}
    </Notice>
  )
}

type WaitingProps = { step: PayStep; payment: NonNullable<Checkout['payment']>; onAnother: () => void; onOver: () => void }

function Waiting({ step, payment, onAnother, onOver }: WaitingProps) {
  switch (step) {
    case 'checking': return <Checking payment={payment} onAnother={onAnother} />
    case 'at_provider': return <AtProvider payment={payment} onAnother={onAnother} />
    case 'requires_action': return <RequiresAction payment={payment} onAnother={onAnother} />
    case 'confirm_on_phone': return <ConfirmOnPhone payment={payment} onOver={onOver} onAnother={onAnother} />
    case 'transfer': return <TransferInstructions payment={payment} onAnother={onAnother} />
    case 'failed': return <Failed payment={payment} />
    default: return null
  }
}

/** Everything a payer does, on the invoice's page and on the page behind a link. What it shows follows from the server's answer alone. */
export function PayPanel({ checkout, opening, returned, receiptHref, methods = [], canSave = false }: PayPanelProps) {
  const [dismissed, setDismissed] = useState<string | null>(null)
  const [, setOver] = useState(0)
  const { clear } = opening
  useEffect(() => {
    // Back from the provider by the browser's own button: the page is as it was left, with its button pressed.
    const restored = (event: PageTransitionEvent) => {
      if (event.persisted) clear()
    }
    window.addEventListener('pageshow', restored)
    return () => window.removeEventListener('pageshow', restored)
  }, [clear])
  const { payment } = checkout
  const step = payStep({ checkout, opening: opening.busy, returned, dismissed, now: Date.now() })
  const another = () => {
    setDismissed(payment?.id ?? null)
    clear()
  }
  const chooses = ['choose', 'opening', 'failed'].includes(step) || (step === 'requires_action' && payment?.checkout_url === null)
  return (
    <div data-step={step} aria-live="polite" className="flex flex-col gap-4">
      {step === 'paid' ? <Paid checkout={checkout} receiptHref={receiptHref} /> : null}
      {step === 'closed' ? (
        <Notice tone="idle" title="Not to be paid">
          {closedWords[checkout.status] ?? 'There is nothing to pay.'}
        </Notice>
      ) : null}
      {payment === null ? null : <Waiting step={step} payment={payment} onAnother={another} onOver={() => setOver((n) => n + 1)} />}
      {chooses ? <ChooseWay checkout={checkout} methods={methods} canSave={canSave} opening={opening} /> : null}
    </div>
  )
}
