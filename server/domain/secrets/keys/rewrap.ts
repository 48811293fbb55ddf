import { z } from 'zod'
import { recordEvent } from '../../../core/event.ts'
import { defineJob } from '../../../core/job.ts'
import { KeyProviderError } from '../../../core/key-provider.ts'
import { log } from '../../../core/log.ts'
import { runtime } from '../../../core/runtime.ts'

const ACTOR = { type: 'job', name: 'keys.rewrap' } as const
const BATCH = 50

const leftAfter = async (current: string, lastId: string): Promise<string[]> =>
  (await runtime().databases.systemPool.query<{ id: string }>(
    'SELECT id FROM data_key WHERE wrapping_key_id <> $1 AND id > $2 ORDER BY id LIMIT $3', [current, lastId, BATCH])).rows.map((r) => r.id)

/** One that the provider refuses stays behind and is reported; a silent provider ends the run, which is tried again. */
const rewrapOne = async (id: string): Promise<void> => {
  try {
    await runtime().keys.rewrap(id)
  } catch (error) {
    if (!(error instanceof KeyProviderError) || error.fault !== 'refused') throw error
    log.error({ dataKeyId: id, reason: error.message }, 'a data key cannot be unwrapped, so it stays under the old key: restore its data_key row from a backup')
  }
}

/** Moves every data key under the current wrapping key. Data keys themselves stay the same, so nothing that is read meanwhile fails. */
export const rewrapKeys = defineJob({
  name: 'keys.rewrap',
  payload: z.object({ rewrap_id: z.string() }),
  run: async ({ rewrap_id: id }) => {
    const { databases, keys } = runtime()
    const current = await keys.providers.current.currentKeyId()
    let last = ''
    for (let ids = await leftAfter(current, last); ids.length > 0; ids = await leftAfter(current, last)) {
      for (const one of ids) await rewrapOne(one)
      last = ids.at(-1) ?? last
    }
    await databases.asSystem('job', async (db) => {
      const left = await db.dataKey.count({ where: { wrappingKeyId: { not: current } } })
      if (left > 0) throw new Error(`${left} data keys are still under an old key; see the errors above`)
      const { count } = await db.rewrap.updateMany({ where: { id, finishedAt: null }, data: { finishedAt: new Date() } })
      if (count > 0) await recordEvent(db, { orgId: null, type: 'keys.rewrapped', subject: { type: 'key', id: current }, actor: ACTOR, requestId: null })
    })
  },
})
