import { money } from '../_lib/format.ts'
import type { Money as Value } from '../_lib/wire.ts'

export function Money({ value }: { value: Value }) {
  return <span className="figures whitespace-nowrap">{money(value)}</span>
}

export function MoneyRange({ low, high }: { low: Value; high: Value }) {
  return low.amount === high.amount ? (
    <Money value={low} />
  ) : (
    <>
      <Money value={low} /> to <Money value={high} />
    </>
  )
}
