import { z } from 'zod'
import { DeleteSecret } from '../../contract/secret.ts'
import type { OrgContext } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { askRollout } from './rollout.ts'
import { readUses } from './uses.ts'
import { loadSecret } from './wire.ts'

/** Gone from everywhere but the releases that run with it; the last of its texts goes with the last of those. */
export const deleteSecret = command({
  name: 'secrets.delete', summary: 'Delete a secret; running instances keep it until they are deployed again', scope: 'org', permission: 'secrets:write',
  input: DeleteSecret, output: z.object({ ok: z.literal(true) }),
  rest: { method: 'DELETE', path: '/secrets/{secret_id}', status: 204, tag: 'Secrets' },
  run: async (ctx, input) => {
    const { id, appId, name } = await loadSecret(ctx, input.secret_id)
    const users = appId ? [] : (await readUses(ctx.db, ctx.orgId)).filter((use) => use.wanted.some((d) => d.secretId === id))
    if (users.length > 0) {
      throw new DomainError('state_conflict', `${users.map((u) => u.appName).join(', ')} ${users.length === 1 ? 'refers' : 'refer'} to it. Remove it from their environment first.`)
    }
    await ctx.db.secret.update({ where: { id }, data: { deletedAt: new Date() } })
    await ctx.emit('secret.deleted', { type: 'secret', id }, { name, app_id: appId })
    if (input.redeploy) await askRollout(ctx, [id])
    return { ok: true as const }
  },
})

/** With their app, or when its environment no longer names them. */
export const deleteSecretsOf = async (ctx: Pick<OrgContext, 'db' | 'emit'>, appId: string, names?: readonly string[]): Promise<void> => {
  const named = names ? { name: { in: [...names] } } : {}
  const gone = await ctx.db.secret.findMany({ where: { appId, deletedAt: null, ...named }, select: { id: true, name: true } })
  if (gone.length === 0) return
  await ctx.db.secret.updateMany({ where: { id: { in: gone.map((s) => s.id) } }, data: { deletedAt: new Date() } })
  for (const { id, name } of gone) await ctx.emit('secret.deleted', { type: 'secret', id }, { name, app_id: appId })
}
