import { z } from 'zod'
import { Strategy, StrategyInput } from '../../../contract/strategy.ts'
import type { OrgContext } from '../../../core/context.ts'
import { notFound, ruleViolated } from '../../../core/error.ts'
import { command } from '../../../core/operation.ts'
import { withinQuotas } from '../../quotas/index.ts'
import { refuseReferences, type StoredEnv } from '../environment.ts'
import { loadApp } from '../load-app.ts'
import { deployRelease } from '../queue-deployment.ts'
import { strategyOf } from '../strategy.ts'
import { parkedReleaseId } from '../wire.ts'
import { configOf, loadRelease, whyNot, type LoadedRelease } from './load-release.ts'

type LoadedApp = Awaited<ReturnType<typeof loadApp>>

/** The one that served before, unless one is named. */
const chooseRelease = async (ctx: OrgContext, app: LoadedApp, releaseId: string | undefined): Promise<LoadedRelease> => {
  if (releaseId !== undefined) {
    const release = await loadRelease(ctx, releaseId)
    if (release.appId !== app.id) throw notFound('release')
    return release
  }
  const kept = { appId: app.id, servedAt: { not: null }, retiredAt: null, ...(app.currentReleaseId ? { id: { not: app.currentReleaseId } } : {}) }
  const last = await ctx.db.release.findFirst({ where: kept, orderBy: { servedAt: 'desc' }, select: { id: true } })
  if (!last) throw ruleViolated('/release_id', 'no_release', 'There is no release to go back to: none but the present one has served.')
  return loadRelease(ctx, last.id)
}

/** The next change begins from what runs: a later restart must not bring back what was left. */
const restore = (release: LoadedRelease) => {
  const { command: run, env, port, vcpu, memoryMib, diskMib, health, public: isPublic, sleepAfterMinutes = null } = configOf(release)
  const size = { vcpu, memoryMib, diskMib }
  return { image: release.image, command: run, env: env as object, port, ...size, health: health as object, public: isPublic, sleepAfterMinutes }
}

const newReferences = (now: StoredEnv, then: StoredEnv): string[] => Object.entries(then).flatMap(([name, v]) => {
  const held = now[name]
  return 'from' in v && !(held && 'from' in held && held.from === v.from) ? [name] : []
})

/** Who goes back wants to be there: not by the small steps of a canary, unless that is asked for. */
const typeOf = (own: unknown, asked: StrategyInput | undefined, atOnce: boolean): Pick<StrategyInput, 'type'> => {
  if (atOnce) return { type: 'blue_green' }
  return asked?.type === undefined && Strategy.parse(own).type === 'canary' ? { type: 'rolling' } : {}
}

export const rollBackApp = command({
  name: 'apps.rollback', summary: 'Go back to a release that has served: its image by digest, its settings and its versions of secrets', scope: 'org', permission: 'apps:write',
  input: z.strictObject({
    app_id: z.string().max(60), release_id: z.string().max(60).optional().describe('Left out: the one that served before'),
    strategy: StrategyInput.optional().describe('For this deployment only'),
  }),
  output: z.object({ deployment_id: z.string(), release: z.number().int(), status: z.literal('in_progress') }),
  rest: { method: 'POST', path: '/apps/{app_id}/rollback', status: 202, tag: 'Deployments' },
  run: (ctx, input) => withinQuotas(ctx, async () => {
    const app = await loadApp(ctx, input.app_id, { lock: true })
    const release = await chooseRelease(ctx, app, input.release_id)
    const refusal = whyNot(release, app)
    if (refusal) throw ruleViolated('/release_id', refusal.code, refusal.message)
    refuseReferences(ctx, newReferences(app.env as StoredEnv, configOf(release).env))
    const atOnce = parkedReleaseId(app) === release.id && input.strategy?.type === undefined
    const strategy = await strategyOf(ctx, app, { ...input.strategy, ...typeOf(app.strategy, input.strategy, atOnce) })
    // A volume attached since keeps it awake.
    const settings = await ctx.db.volume.count({ where: { appId: app.id } }) > 0 ? { ...restore(release), sleepAfterMinutes: null } : restore(release)
    await ctx.db.app.update({ where: { id: app.id }, data: { ...settings, desired: 'running', version: { increment: 1 } } })
    return { deployment_id: await deployRelease(ctx, app, release, { reason: 'rollback', strategy }), release: release.number, status: 'in_progress' as const }
  }),
})
