import { z } from 'zod'

/** Form-side words for rules that the contract settles; the portal has the last word. */
export { Email as emailRule, Password as newPasswordRule, PersonName as nameRule } from '../../server/contract/user.ts'
export { AppName as appNameRule } from '../../server/contract/app.ts'

export const requiredText = (message: string) => z.string().trim().min(1, message)

export const slugFrom = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '')

export const currencies = [
  { value: 'USD', label: 'US dollar (USD)' },
  { value: 'NGN', label: 'Nigerian naira (NGN)' },
  { value: 'KES', label: 'Kenyan shilling (KES)' },
] as const

const currencyNames = new Intl.DisplayNames('en', { type: 'currency' })
export const currencyOptions = (codes: readonly string[]) => codes.map((code) => ({ value: code, label: `${currencyNames.of(code) ?? code} (${code})` }))
