/** Words and figures of the invoice document; the same on every runtime, so that the bytes are. */
import { minorToDecimal } from '../../../contract/money.ts'
import { exact, multiply, toDecimalString, whole } from '../rules/rational.ts'
import type { InvoiceSnapshot } from './snapshot.ts'

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

export const TITLES = { invoice: 'Invoice', credit_note: 'Credit note', pro_forma: 'Pro forma invoice', one_off: 'Invoice', credit_purchase: 'Invoice' } as const satisfies
  Record<InvoiceSnapshot['kind'], string>

/** `2024-03-05` -> `5 March 2024` */
export function longDate(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-')
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`
}

/** The last day inside a range whose end is exclusive. */
export function lastDayBefore(end: string): string {
  const [year = 0, month = 1, day = 1] = end.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1, day - 1)).toISOString().slice(0, 10)
}

export const dateRange = (start: string, end: string): string => `${longDate(start)} – ${longDate(lastDayBefore(end))}`

const group = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',')

export function groupedDecimal(decimal: string): string {
  const [integer = '0', fraction] = decimal.split('.')
  return fraction === undefined ? group(integer) : `${group(integer)}.${fraction}`
}

/** `-123456, USD` -> `−1,234.56`; the currency stands once above the column. */
export const amountText = (minor: number, currency: string): string => groupedDecimal(minorToDecimal(BigInt(minor), currency)).replace('-', '−')

/** Quantities keep at most four decimals on paper; the exact one is in the snapshot. */
export const quantityText = (quantity: string): string => groupedDecimal(toDecimalString(exact(quantity), 4))

/** `0.075` -> `7.5 %` */
export const percentText = (rate: string): string => `${toDecimalString(multiply(exact(rate), whole(100n)))} %`
