import { z } from 'zod'
import { toInstant, toInstantOrNull } from '../../../contract/time.ts'
import type { CompositeOperation } from '../../../core/composite.ts'
import type { SystemDb } from '../../../core/db.ts'
import { DomainError } from '../../../core/error.ts'
import { KeyProviderError } from '../../../core/key-provider.ts'
import { call, query } from '../../../core/operation.ts'
import { runtime } from '../../../core/runtime.ts'
import { KeyState } from './key-wire.ts'

const Input = z.strictObject({})

/** Asks the provider outside of any transaction; what it says against us is for the operator to read. */
export const currentKeyId = async (): Promise<string> => {
  try {
    return await runtime().keys.providers.current.currentKeyId()
  } catch (cause) {
    if (!(cause instanceof KeyProviderError)) throw cause
    throw new DomainError('unavailable', cause.message, { cause })
  }
}

export const countUnder = async (db: SystemDb): Promise<Map<string, number>> => {
  const rows = await db.dataKey.groupBy({ by: ['wrappingKeyId'], _count: { id: true } })
  return new Map(rows.map((r) => [r.wrappingKeyId, r._count.id]))
}

/** Data keys not yet under the current one. */
export const remainingUnder = (counts: Map<string, number>, current: string): number =>
  [...counts].reduce((sum, [id, n]) => (id === current ? sum : sum + n), 0)

const readKeyRows = query({
  name: 'keys.rows', summary: 'Wrapping keys as recorded here', scope: 'staff', input: Input,
  output: z.object({
    keys: z.array(z.object({ id: z.string(), data_keys: z.number(), created_at: z.string(), retired_at: z.string().nullable() })), replaced: z.number(),
    last: z.object({ total: z.number(), started_at: z.string(), finished_at: z.string().nullable() }).nullable(),
  }),
  run: async ({ db }) => {
    const counts = await countUnder(db)
    const keys = await db.wrappingKey.findMany({ orderBy: { createdAt: 'asc' } })
    const last = await db.rewrap.findFirst({ orderBy: { startedAt: 'desc' } })
    return {
      keys: keys.map((k) => ({ id: k.id, data_keys: counts.get(k.id) ?? 0, created_at: toInstant(k.createdAt), retired_at: toInstantOrNull(k.retiredAt) })),
      replaced: await db.dataKey.count({ where: { replacedAt: { not: null } } }),
      last: last && { total: last.total, started_at: toInstant(last.startedAt), finished_at: toInstantOrNull(last.finishedAt) },
    }
  },
})

export const getKeys: CompositeOperation<typeof Input, typeof KeyState> = {
  kind: 'composite', name: 'keys.get', summary: 'Keys that wrap the data keys, and how far a rewrap is', scope: 'staff', input: Input, output: KeyState,
  rest: { method: 'GET', path: '/admin/keys', tag: 'Operator' },
  handle: async (meta, raw) => {
    const { keys, replaced, last } = await call(readKeyRows, meta, raw)
    const current = await currentKeyId()
    const remaining = remainingUnder(new Map(keys.map((k) => [k.id, k.data_keys])), current)
    const total = last?.total ?? 0
    const known = keys.map((k) => ({ ...k, current: k.id === current }))
    return {
      provider: runtime().keys.providers.current.name, current_key_id: current,
      data_keys: { total: keys.reduce((sum, k) => sum + k.data_keys, 0), replaced },
      rewrap: {
        state: !last ? 'none' : last.finished_at ? 'finished' : 'running', total, done: Math.max(0, total - remaining), remaining,
        started_at: last?.started_at ?? null, finished_at: last?.finished_at ?? null,
      },
      keys: known.some((k) => k.current) ? known : [...known, { id: current, current: true, data_keys: 0, created_at: null, retired_at: null }],
    }
  },
}
