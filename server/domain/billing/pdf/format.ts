/** Figures and dates of the documents; the same on every runtime, so that the bytes are. */
import { minorToDecimal } from '../../../contract/money.ts'
import { exact, multiply, toDecimalString, whole } from '../rules/rational.ts'
import { LABELS } from './labels.ts'
import type { DocumentLocale } from './snapshot.ts'

/** `2024-03-05` -> `5 March 2024` */
export function longDate(date: string, locale: DocumentLocale = 'en'): string {
  const [year = '', month = '', day = ''] = date.split('-')
  return `${Number(day)} ${LABELS[locale].months[Number(month) - 1] ?? month} ${year}`
}

/** The last day inside a range whose end is exclusive. */
export function lastDayBefore(end: string): string {
  const [year = 0, month = 1, day = 1] = end.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1, day - 1)).toISOString().slice(0, 10)
}

export const dateRange = (start: string, end: string, locale: DocumentLocale = 'en'): string => {
  const last = lastDayBefore(end)
  return last <= start ? longDate(start, locale) : `${longDate(start, locale)} – ${longDate(last, locale)}`
}

const SIGNS: Record<DocumentLocale, { group: string; point: string }> = {
  en: { group: ',', point: '.' }, fr: { group: '\u00a0', point: ',' }, sw: { group: ',', point: '.' },
}

export function groupedDecimal(decimal: string, locale: DocumentLocale = 'en'): string {
  const { group, point } = SIGNS[locale]
  const [integer = '0', fraction] = decimal.split('.')
  const grouped = integer.replace(/\B(?=(\d{3})+$)/g, group)
  return fraction === undefined ? grouped : `${grouped}${point}${fraction}`
}

/** `-123456, USD` -> `−1,234.56`; the currency stands once above the column. */
export const amountText = (minor: number, currency: string, locale: DocumentLocale = 'en'): string =>
  groupedDecimal(minorToDecimal(BigInt(minor), currency), locale).replace('-', '−')

/** Quantities keep at most four decimals on paper; the exact one is in the snapshot. */
export const quantityText = (quantity: string, locale: DocumentLocale = 'en'): string => groupedDecimal(toDecimalString(exact(quantity), 4), locale)

/** `0.075` -> `7.5 %` */
export const percentText = (rate: string, locale: DocumentLocale = 'en'): string => `${groupedDecimal(toDecimalString(multiply(exact(rate), whole(100n))), locale)} %`
