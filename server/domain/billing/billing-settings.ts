import type { BillingSettings as SettingsRow } from '../../../prisma/generated/client.ts'
import { z } from 'zod'
import { runtime } from '../../core/runtime.ts'

/** How a seller bills, defaults filled in. */
export interface SellerSettings {
  graceMinutes: number
  paymentTermDays: number
  /** Minor units by currency above which an adjustment needs a second person. */
  approvalLimits: Readonly<Record<string, bigint>>
}

const DEFAULT_TERM_DAYS = 14
const PRODUCTION_GRACE_MINUTES = 60
const Limits = z.record(z.string(), z.string().regex(/^\d{1,15}$/))

export const limitsIn = (json: unknown): Record<string, bigint> =>
  Object.fromEntries(Object.entries(Limits.catch({}).parse(json)).map(([currency, minor]) => [currency, BigInt(minor)]))

/** A production installation waits an hour for late usage; a sandbox does not wait unless told to. */
const defaultGrace = (): number => (runtime().env.SHELLWEGO_MODE === 'production' ? PRODUCTION_GRACE_MINUTES : 0)

export const settingsOf = (row: Pick<SettingsRow, 'graceMinutes' | 'paymentTermDays' | 'approvalLimits'> | null | undefined): SellerSettings => ({
  graceMinutes: row?.graceMinutes ?? defaultGrace(),
  paymentTermDays: row?.paymentTermDays ?? DEFAULT_TERM_DAYS,
  approvalLimits: limitsIn(row?.approvalLimits),
})
