import { z } from 'zod'
import { AppNetwork, AppNetworkInput, EgressRuleInput } from '../../contract/network.ts'
import type { OrgContext } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { etagOf } from '../../core/etag.ts'
import { command, query } from '../../core/operation.ts'
import { loadApp } from '../apps/index.ts'
import { allowedBandwidth, withinQuotas } from '../quotas/index.ts'
import { checkRules } from './rules.ts'

type Row = { restricted: boolean; rules: unknown; bandwidthMbit: number | null; version: number } | null
type Subject = Pick<OrgContext, 'db' | 'orgId'>

const AppId = z.string().max(60)
const versionOfRow = (row: Row): string => String(row?.version ?? 0)

const view = async (ctx: Subject, app: { id: string; name: string }): Promise<AppNetwork> => {
  const row = await ctx.db.appNetwork.findUnique({ where: { appId: app.id } })
  return {
    app_id: app.id, internal_name: `${app.name}.internal`, egress: row?.restricted ? 'restricted' : 'open',
    rules: z.array(EgressRuleInput).parse(row?.rules ?? []), bandwidth_mbit: row?.bandwidthMbit ?? null,
    allowed_bandwidth_mbit: await allowedBandwidth(ctx.db, ctx.orgId), etag: versionOfRow(row),
  }
}

export const getAppNetwork = query({
  name: 'networks.get_of_app', summary: 'Where an app may go, and how fast', scope: 'org', permission: 'apps:read',
  input: z.strictObject({ app_id: AppId }), output: AppNetwork,
  rest: { method: 'GET', path: '/apps/{app_id}/network', tag: 'Networks' }, etag: etagOf,
  run: async (ctx, input) => view(ctx, await loadApp(ctx, input.app_id)),
})

export const setAppNetwork = command({
  name: 'networks.set_of_app', summary: 'Set where an app may go and how fast; in force on its nodes without a restart', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ app_id: AppId, ...AppNetworkInput.shape }), output: AppNetwork,
  rest: { method: 'PUT', path: '/apps/{app_id}/network', tag: 'Networks' }, ifMatch: true, etag: etagOf,
  run: (ctx, input) => withinQuotas(ctx, async () => {
    const app = await loadApp(ctx, input.app_id, { lock: true })
    const before = await ctx.db.appNetwork.findUnique({ where: { appId: app.id } })
    ctx.expectVersion(versionOfRow(before))
    const { rules, faults } = checkRules(input.rules)
    if (faults.length > 0) throw new DomainError('rule_violated', faults.map((fault) => fault.message).join(' '), { errors: faults })
    const change = { restricted: input.egress === 'restricted', rules, bandwidthMbit: input.bandwidth_mbit, updatedBy: ctx.userId }
    await ctx.db.appNetwork.upsert({
      where: { appId: app.id }, update: { ...change, version: { increment: 1 } }, create: { appId: app.id, orgId: ctx.orgId, ...change },
    })
    await ctx.emit('app.network_changed', { type: 'app', id: app.id }, { egress: input.egress, rules: rules.length, bandwidth_mbit: input.bandwidth_mbit })
    return view(ctx, app)
  }),
})
