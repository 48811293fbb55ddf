import { z } from 'zod'
import { App, ImageRef, UpdateApp } from '../../contract/app.ts'
import { StrategyInput } from '../../contract/strategy.ts'
import { command } from '../../core/operation.ts'
import { withinQuotas } from '../quotas/index.ts'
import { warmKeys } from '../secrets/index.ts'
import { applySecrets, changeEnv, refuseTwins, type StoredEnv } from './environment.ts'
import { toAmounts } from './limits.ts'
import { appVersion, loadApp, wireApp } from './load-app.ts'
import { queueDeployment } from './queue-deployment.ts'
import { refuseCopies } from './refuse-copies.ts'
import { refuseByHand } from './set-replicas.ts'
import { fromMib } from './sizes.ts'
import { sleepOf } from './sleep-setting.ts'
import { strategyOf } from './strategy.ts'

type Loaded = Awaited<ReturnType<typeof loadApp>>

const changes = (app: Loaded, input: z.output<typeof UpdateApp>) => {
  const { vcpu, memoryMib, diskMib } = toAmounts({
    memory: input.resources?.memory ?? fromMib(app.memoryMib), cpu: input.resources?.cpu ?? String(app.vcpu),
      disk: input.resources?.disk ?? fromMib(app.diskMib),
  })
  return {
    image: input.image ?? app.image, command: input.command ?? app.command, vcpu, memoryMib, diskMib,
    port: input.port === undefined ? app.port : input.port, public: input.public ?? app.public, replicas: input.replicas ?? app.replicas,
    health: input.health_check ?? (app.health as object),
  }
}

export const updateApp = command({
  name: 'apps.update', summary: 'Change an app; what its instances run is rolled out as a new release', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ app_id: z.string().max(60), ...UpdateApp.shape }), output: App,
  rest: { method: 'PATCH', path: '/apps/{app_id}', tag: 'Apps' }, ifMatch: true, etag: appVersion, before: warmKeys,
  run: (ctx, input) => withinQuotas(ctx, async () => {
    const app = await loadApp(ctx, input.app_id, { lock: true })
    ctx.expectVersion(appVersion(app))
    await refuseCopies(ctx, app, input.replicas ?? 1)
    if (input.replicas !== undefined && input.replicas !== app.replicas) refuseByHand(app)
    refuseTwins(app.secrets.map((s) => s.name), input.env ?? {})
    const strategy = await strategyOf(ctx, app, input.strategy)
    const change = changeEnv(app.env as StoredEnv, input.env ?? {})
    const fields = changes(app, input)
    const sleepAfterMinutes = await sleepOf(ctx, app, { ...fields, minutes: input.sleep_after_minutes })
    const data = { ...fields, sleepAfterMinutes, env: change.env, strategy, version: { increment: 1 } }
    const updated = await ctx.db.app.update({ where: { id: app.id }, data })
    await applySecrets(ctx, app, change)
    await ctx.emit('app.updated', { type: 'app', id: app.id })
    const { app_id: _, replicas, strategy: __, ...rollout } = input
    if (Object.values(rollout).some((v) => v !== undefined) && updated.desired === 'running') await queueDeployment(ctx, updated, 'update')
    else if (replicas !== undefined) await ctx.emit('app.scaled', { type: 'app', id: app.id }, { replicas })
    return wireApp(await loadApp(ctx, app.id))
  }),
})

export const deployApp = command({
  name: 'apps.deploy', summary: 'Deploy an image, or the present one again', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ app_id: z.string().max(60), image: ImageRef.optional(), strategy: StrategyInput.optional().describe('For this deployment only; what is left out is as the app has it') }),
  output: z.object({ deployment_id: z.string(), status: z.literal('in_progress') }),
  rest: { method: 'POST', path: '/apps/{app_id}/deploy', status: 202, tag: 'Apps' },
  run: (ctx, input) => withinQuotas(ctx, async () => {
    const app = await loadApp(ctx, input.app_id, { lock: true })
    const strategy = await strategyOf(ctx, app, input.strategy)
    const updated = await ctx.db.app.update({ where: { id: app.id }, data: { image: input.image ?? app.image, desired: 'running', version: { increment: 1 } } })
    return { deployment_id: await queueDeployment(ctx, updated, 'deploy', strategy), status: 'in_progress' as const }
  }),
})
