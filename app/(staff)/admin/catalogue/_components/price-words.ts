import type { CataloguePrice } from '../../../../_lib/wire.ts'

const each = { week: 'a week', month: 'a month', quarter: 'a quarter', year: 'a year' } as const

/** `3000 NGN a month`, or from how much where it depends on the quantity. */
export const recurringWords = ({ recurring, price, currency, interval, timing }: CataloguePrice): string =>
  `${recurring.model === 'flat' ? '' : 'from '}${price} ${currency} ${each[interval]}, in ${timing}`
