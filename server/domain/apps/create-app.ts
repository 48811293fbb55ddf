import { App, CreateApp } from '../../contract/app.ts'
import type { OrgContext } from '../../core/context.ts'
import { violatedUnique } from '../../core/db.ts'
import { DomainError } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import { command } from '../../core/operation.ts'
import { runtime } from '../../core/runtime.ts'
import { withinQuotas } from '../quotas/index.ts'
import { warmKeys } from '../secrets/index.ts'
import { applySecrets, changeEnv } from './environment.ts'
import { toAmounts } from './limits.ts'
import { appVersion, loadApp, wireApp } from './load-app.ts'
import { queueDeployment } from './queue-deployment.ts'
import { sleepSetting } from './sleep-setting.ts'
import { mergeStrategy } from './strategy.ts'

export const createApp = command({
  name: 'apps.create',
  summary: 'Create an app from an OCI image and deploy it',
  scope: 'org',
  permission: 'apps:write',
  input: CreateApp,
  output: App,
  rest: { method: 'POST', path: '/apps', status: 201, tag: 'Apps' },
  etag: appVersion,
  before: warmKeys,
  run: (ctx, input) => withinQuotas(ctx, async () => {
    const app = await insertApp(ctx, input)
    await queueDeployment(ctx, app, 'create')
    return wireApp(await loadApp(ctx, app.id))
  }, { apps: 1, instances: input.replicas }),
})

/** Row, host name and event; the caller queues the deployment. */
export const insertApp = async (ctx: OrgContext, input: CreateApp, install: { installId: string; desired: 'stopped' } | Record<string, never> = {}) => {
  const id = newId('app')
  const { vcpu, memoryMib, diskMib } = toAmounts(input.resources)
  const taken = await ctx.db.app.findFirst({ where: { name: input.name, deletedAt: null }, select: { id: true } })
  if (taken) throw nameTaken()
  const change = changeEnv({}, input.env)
  try {
    const app = await ctx.db.app.create({
      data: {
        id, orgId: ctx.orgId, name: input.name, image: input.image, command: input.command, port: input.port, vcpu, memoryMib, diskMib,
        env: change.env, replicas: input.replicas, public: input.public,
        health: input.health_check, strategy: mergeStrategy({}, input.strategy, null),
        sleepAfterMinutes: sleepSetting(input.sleep_after_minutes, input, null), createdBy: ctx.userId, ...install,
      },
    })
    if (input.public && input.port !== null) await claimHostname(ctx, id, input.name)
    await ctx.emit('app.created', { type: 'app', id }, { name: input.name, image: input.image })
    await applySecrets(ctx, app, change)
    return app
  } catch (error) {
    throw violatedUnique(error) ? nameTaken() : error
  }
}

const nameTaken = (): DomainError =>
  new DomainError('name_taken', 'Your organization has an app of that name. Choose another one.', { errors: [{ pointer: '/name', code: 'taken', message: 'Your organization has an app of that name.' }] })

/** `<app>.<apps domain>`, or with the organization's slug where another organization holds that name. */
const claimHostname = async (ctx: OrgContext, appId: string, name: string): Promise<void> => {
  const org = await ctx.db.organization.findFirstOrThrow({ select: { slug: true } })
  const domain = runtime().env.SHELLWEGO_APPS_DOMAIN
  for (const label of [name, `${name}-${org.slug}`.slice(0, 63), `${name}-${appId.slice(-6)}`]) {
    const claimed = await ctx.db.$executeRaw`
      INSERT INTO hostname (hostname, org_id, app_id) VALUES (${`${label}.${domain}`}, ${ctx.orgId}, ${appId}) ON CONFLICT DO NOTHING`
    if (claimed > 0) return
  }
  throw new DomainError('hostname_taken', 'No host name is free for that app name. Choose another one.', { errors: [{ pointer: '/name', code: 'taken', message: 'No host name is free for it.' }] })
}
