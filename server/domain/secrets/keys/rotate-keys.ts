import { z } from 'zod'
import type { CompositeOperation } from '../../../core/composite.ts'
import { DomainError } from '../../../core/error.ts'
import { newId } from '../../../core/id.ts'
import { KeyProviderError } from '../../../core/key-provider.ts'
import { call, command } from '../../../core/operation.ts'
import { runtime } from '../../../core/runtime.ts'
import { providerOf } from '../../../core/data-keys.ts'
import { KeyState } from './key-wire.ts'
import { countUnder, currentKeyId, getKeys, remainingUnder } from './read-keys.ts'
import { rewrapKeys } from './rewrap.ts'

const None = z.strictObject({})
const KeyId = z.strictObject({ key_id: z.string().min(1).max(400) })
const Ok = z.object({ ok: z.literal(true) })

const asking = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof KeyProviderError)) throw cause
    throw new DomainError(cause.fault === 'refused' ? 'state_conflict' : 'unavailable', cause.message, { cause })
  }
}

const allowRotation = command({
  name: 'keys.allow_rotation', summary: 'Check that no rewrap is under way', scope: 'staff', sensitive: true, input: None, output: Ok,
  quiet: 'the rotation itself is recorded when it is made',
  run: async ({ db }) => {
    const running = await db.rewrap.findFirst({ where: { finishedAt: null } })
    if (running) throw new DomainError('state_conflict', 'A rewrap is under way. Wait until nothing remains.')
    return { ok: true as const }
  },
})

const startRewrap = command({
  name: 'keys.start_rewrap', summary: 'Move every data key under the current wrapping key', scope: 'staff', sensitive: true, input: KeyId, output: Ok,
  run: async (ctx, { key_id: current }) => {
    const counts = await countUnder(ctx.db)
    const total = remainingUnder(counts, current)
    if (total === 0) throw new DomainError('state_conflict', 'Every data key is under the current key already. With AWS KMS, point the alias to a new key first.')
    const id = newId('rewrap')
    await ctx.db.rewrap.create({ data: { id, wrappingKeyId: current, total } })
    await ctx.enqueue(rewrapKeys, { rewrap_id: id }, { key: 'keys.rewrap' })
    await ctx.emit('keys.rotated', { type: 'key', id: current }, { remaining: total })
    return { ok: true as const }
  },
})

/** New version at the provider first, then the record and the job that carries everything over. */
export const rotateKeys: CompositeOperation<typeof None, typeof KeyState> = {
  kind: 'composite', name: 'keys.rotate', summary: 'Make a new wrapping key and move every data key under it', scope: 'staff', input: None, output: KeyState,
  rest: { method: 'POST', path: '/admin/keys/rotate', status: 202, tag: 'Operator' },
  handle: async (meta, raw) => {
    await call(allowRotation, { ...meta, idempotencyKey: null }, raw)
    const keyId = await asking(() => runtime().keys.providers.current.rotate())
    await call(startRewrap, { ...meta, idempotencyKey: null }, { key_id: keyId })
    return getKeys.handle(meta, {})
  },
}

const markRetired = command({
  name: 'keys.mark_retired', summary: 'Record that a wrapping key is used no more', scope: 'staff', sensitive: true,
  input: KeyId.extend({ current_key_id: z.string() }), output: Ok,
  run: async (ctx, { key_id: id, current_key_id: current }) => {
    if (id === current) throw new DomainError('state_conflict', 'That is the current key. Rotate first.')
    const found = await ctx.db.$executeRaw`SELECT 1 FROM wrapping_key WHERE id = ${id} FOR UPDATE`
    if (found === 0) throw new DomainError('not_found', 'No such key.')
    const remaining = remainingUnder(await countUnder(ctx.db), current)
    if (remaining > 0) throw new DomainError('state_conflict', `${remaining} data keys are not yet under the current key. Retire old keys when nothing remains.`)
    await ctx.db.wrappingKey.updateMany({ where: { id, retiredAt: null }, data: { retiredAt: new Date() } })
    await ctx.emit('keys.retired', { type: 'key', id })
    return { ok: true as const }
  },
})

/** Only when nothing is under it. Backups from before that need it cannot be read afterwards. */
export const retireKey: CompositeOperation<typeof KeyId, typeof KeyState> = {
  kind: 'composite', name: 'keys.retire', summary: 'Make an old wrapping key unusable for ever; refused while anything remains under an old key',
  scope: 'staff', input: KeyId, output: KeyState,
  rest: { method: 'POST', path: '/admin/keys/retire', tag: 'Operator' },
  handle: async (meta, raw) => {
    const { key_id: id } = await call(allowRetirement, meta, raw)
    await call(markRetired, { ...meta, idempotencyKey: null }, { key_id: id, current_key_id: await currentKeyId() })
    await asking(() => providerOf(runtime().keys.providers, id).retire(id))
    return getKeys.handle(meta, {})
  },
}

/** Who may, and what; before the provider is asked anything. */
const allowRetirement = command({
  name: 'keys.allow_retirement', summary: 'Check a retirement', scope: 'staff', sensitive: true, input: KeyId, output: KeyId,
  quiet: 'the retirement itself is recorded when it is made', run: (_ctx, input) => Promise.resolve(input),
})
