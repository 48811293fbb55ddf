import { z } from 'zod'
import { Deployment, DEPLOYMENT_STATES, Step } from '../../contract/deployment.ts'
import { pageOf } from '../../contract/page.ts'
import { Strategy } from '../../contract/strategy.ts'
import { toInstant, toInstantOrNull } from '../../contract/time.ts'
import { notFound } from '../../core/error.ts'
import { defineList } from '../../core/listing.ts'
import { query } from '../../core/operation.ts'
import { endSteps, parseSteps } from '../canary/index.ts'
import { loadApp } from './load-app.ts'

interface Row {
  id: string; appId: string; reason: string; state: string; steps: unknown; errorCode: string | null; errorDetail: string | null; createdAt: Date
  finishedAt: Date | null; strategy: unknown; canary: unknown; deadlineAt: Date; app: { replicas: number; desired: string }
  release: { number: number; image: string; digest: string | null; _count: { instances: number } }
}
export const DEPLOYMENT_PARTS = {
  app: { select: { replicas: true, desired: true } },
  release: { select: { number: true, image: true, digest: true, _count: { select: { instances: { where: { endedAt: null, desired: 'running', routed: true } } } } } },
} as const

/** Whatever was under way when it was given up is said to have ended with it. */
const stepsOf = (d: Row): Step[] => z.array(Step).parse(d.steps).map((step) =>
  (step.state === 'running' && d.finishedAt ? { ...step, state: 'cancelled' as const, finished_at: toInstant(d.finishedAt) } : step))

const canaryOf = (d: Row): z.input<typeof Deployment>['canary'] => {
  const steps = parseSteps(d.canary)
  return steps && d.finishedAt ? endSteps(steps, 'cancelled', null, d.finishedAt) : steps
}

export const toDeployment = (d: Row): z.input<typeof Deployment> => ({
  id: d.id, app_id: d.appId, release: d.release.number, image: d.release.image, image_digest: d.release.digest, reason: d.reason,
  state: DEPLOYMENT_STATES.find((s) => s === d.state) ?? 'failed', steps: stepsOf(d), error_code: d.errorCode, error_detail: d.errorDetail,
  strategy: Strategy.parse(d.strategy), canary: canaryOf(d), deadline_at: toInstant(d.deadlineAt), serving: d.release._count.instances,
  wanted: d.app.desired === 'running' ? d.app.replicas : 0, created_at: toInstant(d.createdAt), finished_at: toInstantOrNull(d.finishedAt),
})

const list = defineList({
  name: 'deployments',
  fields: {
    state: { kind: 'enum', values: DEPLOYMENT_STATES, column: 'state', filter: true, sort: true },
    reason: { kind: 'text', column: 'reason', filter: true },
    error_code: { kind: 'text', column: 'errorCode', filter: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
    finished_at: { kind: 'time', column: 'finishedAt', range: true, sort: true, nullable: true },
  },
})

export const listDeployments = query({
  name: 'deployments.list', summary: 'Deployments of an app, newest first', scope: 'org', permission: 'apps:read',
  input: z.strictObject({ app_id: z.string().max(60), ...list.input }), output: pageOf(Deployment),
  rest: { method: 'GET', path: '/apps/{app_id}/deployments', tag: 'Deployments' },
  run: async (ctx, input) => {
    const app = await loadApp(ctx, input.app_id)
    const page = list.page(ctx, input)
    const rows = await ctx.db.deployment.findMany({
      where: { AND: [{ appId: app.id }, page.where] }, include: DEPLOYMENT_PARTS, orderBy: page.orderBy, take: page.take,
    })
    return page.of(rows, toDeployment)
  },
})

export const getDeployment = query({
  name: 'deployments.get', summary: 'One deployment with its steps', scope: 'org', permission: 'apps:read',
  input: z.strictObject({ deployment_id: z.string().max(60) }), output: Deployment,
  rest: { method: 'GET', path: '/deployments/{deployment_id}', tag: 'Deployments' },
  run: async (ctx, input) => {
    const row = await ctx.db.deployment.findFirst({ where: { id: input.deployment_id }, include: DEPLOYMENT_PARTS })
    if (!row) throw notFound('deployment')
    return toDeployment(row)
  },
})
