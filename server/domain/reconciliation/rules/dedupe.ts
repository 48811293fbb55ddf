import { createHash } from 'node:crypto'
import type { StatementLine } from '../statement/statement-line.ts'

/**
 * The same line is the same money, in whichever file it comes and however often. Only the bank's own reference tells two
 * equal payments of one day apart; that costs a look at the statement where a bank gives none.
 */
export const dedupeKey = (line: StatementLine): string => {
  const facts = [line.bookedOn, line.amount.toString(), line.currency, line.payerAccount, line.payer.toLowerCase(), line.text.toLowerCase(), line.bankRef]
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 40)
}

export const withoutRepeats = (lines: readonly StatementLine[]): { fresh: (StatementLine & { key: string })[]; repeated: StatementLine[] } => {
  const seen = new Set<string>()
  const fresh: (StatementLine & { key: string })[] = []
  const repeated: StatementLine[] = []
  for (const line of lines) {
    const key = dedupeKey(line)
    if (seen.has(key)) repeated.push(line)
    else fresh.push({ ...line, key })
    seen.add(key)
  }
  return { fresh, repeated }
}
