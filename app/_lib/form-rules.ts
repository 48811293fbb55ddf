import { z } from 'zod'

/** Rules that a form can say before the portal does; the portal has the last word. */
export const emailRule = z.email('Enter an e-mail address such as name@example.com.').max(254)
export const newPasswordRule = z.string().min(10, 'Use at least 10 characters.').max(256, 'Use at most 256 characters.')
export const nameRule = z.string().trim().min(1, 'Enter a name.').max(80, 'Use at most 80 characters.')
export const slugRule = z.string().regex(/^[a-z][a-z0-9-]{0,38}[a-z0-9]$/, 'Use 2 to 40 lower-case letters, digits and hyphens, starting with a letter.')

export const slugFrom = (name: string): string =>
  name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '').slice(0, 40)

export const currencies = [
  { value: 'USD', label: 'US dollar (USD)' }, { value: 'NGN', label: 'Nigerian naira (NGN)' },
]
