import type { StatementFault } from '../../../contract/bank-statement.ts'

/** One booking as a statement says it; money that came is positive. */
export interface StatementLine {
  line: number
  bookedOn: string
  amount: bigint
  currency: string
  payer: string
  payerAccount: string
  /** '' = the bank gave none. */
  bankRef: string
  text: string
}
export interface ReadStatement { lines: StatementLine[]; faults: StatementFault[] }

/** Postgres keeps no NUL, and a bank's text is evidence, not a novel. */
export const clean = (text: string, most = 500): string => {
  const plain = text.replace(/[\u0000-\u001f\u007f]+/g, ' ').replace(/\s+/g, ' ').trim()
  return plain.length > most ? `${plain.slice(0, most - 1)}…`.toWellFormed() : plain.toWellFormed()
}

export const accountNumber = (text: string): string => clean(text, 60).replaceAll(/[\s-]/g, '').toUpperCase()
