'use client'
import { ExternalLink } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { money } from '../../_lib/format.ts'
import type { Checkout } from '../../_lib/wire.ts'
import { Button, buttonClass } from '../../_ui/button.tsx'
import { CopyButton } from '../../_ui/copy.tsx'
import { Mark, type Tone } from '../../_ui/status.tsx'
import { pushLeftMs } from './pay-step.ts'
import { Failure } from './rail.tsx'

type Payment = NonNullable<Checkout['payment']>

type NoticeProps = { tone: Tone; busy?: boolean; title: string; children?: ReactNode; action?: ReactNode }

export function Notice({ tone, busy = false, title, children, action }: NoticeProps) {
  return (
    <div className="flex gap-3 rounded-box border border-line bg-sunken p-4">
      <Mark tone={tone} busy={busy} className="mt-1" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="font-strong">{title}</p>
        {children === undefined ? null : <div className="text-14 text-muted">{children}</div>}
        {action === undefined ? null : <div className="mt-2 flex flex-wrap gap-2">{action}</div>}
      </div>
    </div>
  )
}

const Another = ({ onAnother }: { onAnother: () => void }) => <Button onClick={onAnother}>Pay another way</Button>

function GoOn({ payment, label }: { payment: Payment; label: string }) {
  return payment.checkout_url === null ? null : (
    <a className={buttonClass('primary')} href={payment.checkout_url}>
      {label}
      <ExternalLink aria-hidden className="size-4" />
    </a>
  )
}

export function AtProvider({ payment, onAnother }: { payment: Payment; onAnother: () => void }) {
  return (
    <Notice
      tone="info"
      title={`${payment.name} waits for you`}
      action={
        <>
          <GoOn payment={payment} label={`Go on at ${payment.name}`} />
          <Another onAnother={onAnother} />
        </>
      }>
      A payment of {money(payment.amount)} was begun, here or in another tab. It is the same one wherever you finish it.
    </Notice>
  )
}

export function RequiresAction({ payment, onAnother }: { payment: Payment; onAnother: () => void }) {
  return (
    <Notice
      tone="attention"
      title="Your bank wants you to confirm"
      action={
        payment.checkout_url === null ? undefined : (
          <>
            <GoOn payment={payment} label="Confirm the payment" />
            <Another onAnother={onAnother} />
          </>
        )
      }>
      {payment.checkout_url === null
        ? `The bank does not release ${money(payment.amount)} while nobody is there. Pay it yourself below: it asks you then.`
        : `The bank asks for you before it releases ${money(payment.amount)}.`}
    </Notice>
  )
}

const leftWords = (ms: number): string => `${Math.floor(ms / 60_000)}:${String(Math.floor((ms % 60_000) / 1000)).padStart(2, '0')}`

/** Counts by itself; the page around it does not render each second. */
function Countdown({ from, onOver }: { from: string; onOver: () => void }) {
  const [left, setLeft] = useState(() => pushLeftMs(from, Date.now()))
  useEffect(() => {
    const timer = setInterval(() => {
      const next = pushLeftMs(from, Date.now())
      setLeft(next)
      if (next === 0) onOver()
    }, 1000)
    return () => clearInterval(timer)
  }, [from, onOver])
  return (
    <span className="figures" role="timer" aria-live="off">
      {leftWords(left)}
    </span>
  )
}

export function ConfirmOnPhone({ payment, onOver, onAnother }: { payment: Payment; onOver: () => void; onAnother: () => void }) {
  return (
    <Notice tone="info" busy title="Check your phone" action={<Another onAnother={onAnother} />}>
      {payment.message ?? `${payment.name} has sent a request for ${money(payment.amount)} to your phone. Confirm it there with your PIN.`}
      <span className="mt-1 block text-13">
        This page changes by itself. Time left: <Countdown from={payment.created_at} onOver={onOver} />
      </span>
    </Notice>
  )
}

export function TransferInstructions({ payment, onAnother }: { payment: Payment; onAnother: () => void }) {
  return (
    <Notice tone="info" title={`Send ${money(payment.amount)} from your bank`} action={<Another onAnother={onAnother} />}>
      {payment.message ?? 'Use the reference exactly: the money finds its invoice by it. You can close this page; a receipt comes by mail when it has arrived.'}
      <dl className="mt-3 flex flex-col divide-y divide-line rounded-inner border border-line bg-surface">
        {payment.instructions.map(({ label, value }) => (
          <div key={label} className="flex items-center gap-3 px-3 py-2">
            <div className="min-w-0 flex-1">
              <dt className="text-12 text-muted">{label}</dt>
              <dd className="figures text-14 break-words text-ink">
                <bdi>{value}</bdi>
              </dd>
            </div>
            <CopyButton text={value} label={`Copy ${label.toLowerCase()}`} />
          </div>
        ))}
      </dl>
    </Notice>
  )
}

const LONG_MS = 20_000

/** Back from the provider, or on its way at the bank: nothing for the payer to do, and no second payment until it is known. */
export function Checking({ payment, onAnother }: { payment: Payment; onAnother: () => void }) {
  const [long, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS)
    return () => clearTimeout(timer)
  }, [payment.id])
  const underWay = payment.state === 'processing'
  return (
    <Notice
      tone="info"
      busy
      title={`Checking with ${payment.name}`}
      action={
        long && !underWay ? (
          <>
            <GoOn payment={payment} label={`Go on at ${payment.name}`} />
            <Another onAnother={onAnother} />
          </>
        ) : undefined
      }>
      {underWay
        ? 'The money is on its way; some banks take a day or more. Do not pay again: a receipt comes by mail.'
        : long
          ? 'There is no answer yet. If you did pay, you can close this page: a receipt comes by mail. If not, go on.'
          : 'This page changes by itself when the answer is there. Do not pay twice.'}
    </Notice>
  )
}

export function Failed({ payment }: { payment: Payment }) {
  return (
    <div role="alert" className="flex gap-3 rounded-box border border-bad-border bg-bad-surface p-4 text-14">
      <Mark tone="bad" className="mt-1" />
      <p className="min-w-0">
        <Failure code={payment.failure_code} />
      </p>
    </div>
  )
}
