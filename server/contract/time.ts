import { z } from 'zod'

/** RFC 3339 instant in UTC, as every API answer writes it. */
export const Instant = z.iso.datetime({ offset: true })
export const toInstant = (d: Date): string => d.toISOString()
export const toInstantOrNull = (d: Date | null): string | null => d?.toISOString() ?? null
