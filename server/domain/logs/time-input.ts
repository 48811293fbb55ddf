import { z } from 'zod'

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
const RELATIVE = /^(\d{1,6})([smhd])$/

/** `2026-11-21T10:00:00Z` or a time back from now like `90s`, `15m`, `24h`, `7d`. */
export const Moment = z.string().max(40).refine((text) => RELATIVE.test(text) || z.iso.datetime({ offset: true }).safeParse(text).success,
  'Use an RFC 3339 time or one back from now like 15m, 24h, 7d.')

export const momentOf = (text: string, now: Date): Date => {
  const match = RELATIVE.exec(text)
  if (!match) return new Date(text)
  const unit = match[2] as keyof typeof UNIT_MS
  return new Date(now.getTime() - Number(match[1]) * UNIT_MS[unit])
}
