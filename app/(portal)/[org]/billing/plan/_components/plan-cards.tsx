'use client'
import { Check } from 'lucide-react'
import { plural, unitPrice } from '../../../../../_lib/format.ts'
import type { Offer } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { cx } from '../../../../../_ui/cx.ts'
import { Money } from '../../../../../_ui/money.tsx'
import { Badge } from '../../../../../_ui/status.tsx'
import { includedWords, intervalWords, priceWords } from './plan-words.ts'

type CardProps = { offer: Offer; refused: string | null; onChoose: () => void }

function PlanCard({ offer, refused, onChoose }: CardProps) {
  const { price } = offer
  const included = price.charges.map((charge) => includedWords(charge.price, charge.unit)).filter((words) => words !== null)
  return (
    <li className={cx('flex min-w-0 flex-col gap-4 rounded-box border bg-surface p-4', offer.current ? 'border-accent-text inset-ring inset-ring-accent-text' : 'border-line')}>
      <div>
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h3 className="min-w-0 text-16 font-strong">
            <bdi>{offer.name}</bdi>
          </h3>
          {offer.current ? <Badge tone="info">Your plan</Badge> : null}
        </div>
        {offer.description === '' ? null : <p className="text-13 text-muted">{offer.description}</p>}
      </div>
      <p>
        <span className="text-20 font-strong">
          <Money value={offer.fee} />
        </span>{' '}
        <span className="text-13 text-muted">
          a {intervalWords[price.interval]}, paid in {price.timing}
        </span>
      </p>
      <ul className="flex flex-1 flex-col gap-1.5 text-13">
        {price.trial_days > 0 && !offer.current ? <Fact>{plural(price.trial_days, 'day')} to try it, once</Fact> : null}
        {Number(price.setup_fee) > 0 && !offer.current ? <Fact>{`${unitPrice(price.setup_fee, price.currency)} to set it up, once`}</Fact> : null}
        {price.commitment === null ? null : <Fact>{`At least ${unitPrice(price.commitment, price.currency)} a ${intervalWords[price.interval]}`}</Fact>}
        {included.map((words) => (
          <Fact key={words}>{words}</Fact>
        ))}
        {price.charges.map((charge) => (
          <Fact key={charge.meter}>
            {charge.name}: {priceWords(charge.price, charge.unit, price.currency)}
          </Fact>
        ))}
        {price.charges.length === 0 ? <Fact>Usage costs nothing</Fact> : null}
      </ul>
      {offer.current ? null : (
        <Button look="primary" disabled={refused !== null} title={refused ?? undefined} onClick={onChoose}>
          Change to {offer.name}
        </Button>
      )}
    </li>
  )
}

function Fact({ children }: { children: React.ReactNode }) {
  return (
    <li className="flex gap-2">
      <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-good-mark" />
      <span className="min-w-0">{children}</span>
    </li>
  )
}

export function PlanCards({ offers, refused, onChoose }: { offers: readonly Offer[]; refused: string | null; onChoose: (offer: Offer) => void }) {
  return (
    <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
      {offers.map((offer) => (
        <PlanCard key={offer.key} offer={offer} refused={refused} onChoose={() => onChoose(offer)} />
      ))}
    </ul>
  )
}
