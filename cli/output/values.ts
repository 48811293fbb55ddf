import type { Color } from '../text.ts'
import { UsageError } from '../exit.ts'

interface Money { amount: number; currency: string }

/** Money is formatted by the wire contract, which needs its schemas: loaded only by commands that show money. */
export async function moneyFormatter(): Promise<(money: Money) => string> {
  const { formatMoney } = await import('../../server/contract/money.ts')
  return ({ amount, currency }) => formatMoney(amount, currency)
}

/** `2026-11-21 09:30` in the zone of this machine. */
export function time(instant: string | null): string | null {
  if (instant === null) return null
  const at = new Date(instant)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`
}

const UNITS = { s: 1, m: 60, h: 3600, d: 86_400 } as const

/** `90s`, `10m`, `2h` or `7d`, in seconds. */
export function seconds(given: string, option: string): number {
  const match = /^(\d{1,6})([smhd])$/.exec(given)
  const unit = match?.[2] as keyof typeof UNITS | undefined
  if (!match || !unit) throw new UsageError(`${option} takes a time like 90s, 10m, 2h or 7d, not ${given}`)
  return Number(match[1]) * UNITS[unit]
}

/** An RFC 3339 instant, or how long ago. */
export function instantOf(given: string, option: string, now = Date.now()): string {
  if (/^\d+[smhd]$/.test(given)) return new Date(now - seconds(given, option) * 1000).toISOString()
  const at = /^\d{4}-\d{2}-\d{2}/.test(given) ? Date.parse(given) : NaN
  if (Number.isNaN(at)) throw new UsageError(`${option} takes a time like 2026-11-21T09:30:00Z or how long ago, like 10m, not ${given}`)
  return new Date(at).toISOString()
}

export function wholeNumber(given: string, option: string, least = 0): number {
  const value = /^\d{1,9}$/.test(given) ? Number(given) : NaN
  if (!(value >= least)) throw new UsageError(`${option} takes a whole number from ${least}, not ${given}`)
  return value
}

const COLORS: Record<string, Color> = {
  running: 'green', ready: 'green', paid: 'green', succeeded: 'green', active: 'green', ok: 'green',
  deploying: 'blue', queued: 'blue', stopping: 'blue', open: 'blue', pending: 'blue',
  degraded: 'yellow', overdue: 'yellow', partially_paid: 'yellow', draining: 'yellow', emulated: 'yellow',
  error: 'red', failed: 'red', unreachable: 'red', lost: 'red', uncollectible: 'red', expired: 'red', revoked: 'red', suspended: 'red',
  stopped: 'dim', superseded: 'dim', cancelled: 'dim', void: 'dim', draft: 'dim',
}

export const statusColor = (status: string): Color | null => COLORS[status] ?? null
