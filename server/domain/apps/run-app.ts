import { z } from 'zod'
import { App, appCan, MAX_REPLICAS } from '../../contract/app.ts'
import type { OrgContext } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { withinQuotas } from '../quotas/index.ts'
import { haltApp, retireApp, startAgain } from './end-app.ts'
import { loadApp, wireApp } from './load-app.ts'
import { queueDeployment } from './queue-deployment.ts'
import { refuseByHand, setReplicas } from './set-replicas.ts'

const AppId = z.strictObject({ app_id: z.string().max(60) })

const loadFor = async (ctx: OrgContext, appId: string, act: keyof typeof appCan) => {
  const app = await loadApp(ctx, appId, { lock: true })
  const { status } = wireApp(app)
  if (!appCan[act](status)) throw new DomainError('state_conflict', `The app is ${status}; it cannot ${act} now.`)
  return app
}

export const scaleApp = command({
  name: 'apps.scale', summary: 'Set how many instances run', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ app_id: z.string().max(60), replicas: z.number().int().min(1, 'Use 1 or more; stop the app to run none.').max(MAX_REPLICAS, `At most ${MAX_REPLICAS} instances per app.`) }),
  output: App,
  rest: { method: 'POST', path: '/apps/{app_id}/scale', status: 202, tag: 'Apps' },
  run: (ctx, input) => withinQuotas(ctx, async () => {
    const app = await loadFor(ctx, input.app_id, 'scale')
    refuseByHand(app)
    await setReplicas(ctx, app, input.replicas)
    return wireApp(await loadApp(ctx, app.id))
  }),
})

export const stopApp = command({
  name: 'apps.stop', summary: 'Stop every instance; nothing is billed but what is stored', scope: 'org', permission: 'apps:write',
  input: AppId, output: App,
  rest: { method: 'POST', path: '/apps/{app_id}/actions/stop', status: 202, tag: 'Apps' },
  run: async (ctx, input) => {
    const app = await loadFor(ctx, input.app_id, 'stop')
    await haltApp(ctx, app.id)
    return wireApp(await loadApp(ctx, app.id))
  },
})

export const startApp = command({
  name: 'apps.start', summary: 'Start a stopped app again', scope: 'org', permission: 'apps:write',
  input: AppId, output: App,
  rest: { method: 'POST', path: '/apps/{app_id}/actions/start', status: 202, tag: 'Apps' },
  run: (ctx, input) => withinQuotas(ctx, async () => {
    const app = await loadFor(ctx, input.app_id, 'start')
    await startAgain(ctx, app.id)
    return wireApp(await loadApp(ctx, app.id))
  }),
})

export const restartApp = command({
  name: 'apps.restart', summary: 'Replace every instance by a fresh one, without an outage', scope: 'org', permission: 'apps:write',
  input: AppId, output: App,
  rest: { method: 'POST', path: '/apps/{app_id}/actions/restart', status: 202, tag: 'Apps' },
  run: async (ctx, input) => {
    const app = await loadFor(ctx, input.app_id, 'restart')
    await queueDeployment(ctx, app, 'restart')
    return wireApp(await loadApp(ctx, app.id))
  },
})

export const deleteApp = command({
  name: 'apps.delete', summary: 'Delete an app, its instances and its host name', scope: 'org', permission: 'apps:write',
  input: AppId, output: z.object({ ok: z.literal(true) }),
  rest: { method: 'DELETE', path: '/apps/{app_id}', status: 204, tag: 'Apps' },
  run: async (ctx, input) => {
    await retireApp(ctx, await loadApp(ctx, input.app_id, { lock: true }))
    return { ok: true as const }
  },
})
