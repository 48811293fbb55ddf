import { RollBackSecret, Secret } from '../../contract/secret.ts'
import { Unreadable } from '../../core/envelope.ts'
import { DomainError, ruleViolated } from '../../core/error.ts'
import { log } from '../../core/log.ts'
import { command } from '../../core/operation.ts'
import { runtime } from '../../core/runtime.ts'
import { placeOf } from './place.ts'
import { askRollout, warmKeys } from './rollout.ts'
import { oldestOffered, setSecret } from './set-secret.ts'
import { loadSecret, wireSecret } from './wire.ts'

/** History only grows: the old value becomes the next version. */
export const rollBackSecret = command({
  name: 'secrets.roll_back', summary: 'Take back an earlier version of a secret as its newest', scope: 'org', permission: 'secrets:write',
  input: RollBackSecret, output: Secret, before: warmKeys,
  rest: { method: 'POST', path: '/secrets/{secret_id}/rollback', status: 201, tag: 'Secrets' },
  run: async (ctx, input) => {
    const { id, appId, name, version } = await loadSecret(ctx, input.secret_id)
    if (input.version === version) throw ruleViolated('/version', 'current', `Version ${version} is the current one.`)
    const old = input.version < version && input.version >= oldestOffered(version)
      ? await ctx.db.secretVersion.findFirst({ where: { secretId: id, version: input.version } }) : null
    if (!old) throw ruleViolated('/version', 'unknown', `There is no version ${input.version} to go back to.`)
    const place = placeOf({ orgId: ctx.orgId, appId, secretId: id, name, version: old.version })
    const value = await runtime().keys.open(ctx.orgId, old.ciphertext, place).catch((cause: unknown) => {
      if (!(cause instanceof Unreadable)) throw cause
      log.error({ orgId: ctx.orgId, secretId: id, name, version: old.version, reason: cause.message }, 'a secret cannot be decrypted: its row was damaged or moved')
      throw new DomainError('secret_unreadable', `Version ${old.version} cannot be decrypted. Set a new value instead.`, { cause })
    })
    await setSecret(ctx, { appId, name, value })
    await ctx.emit('secret.rolled_back', { type: 'secret', id }, { name, app_id: appId, to_version: input.version })
    if (input.redeploy) await askRollout(ctx, [id])
    return wireSecret(ctx, id)
  },
})
