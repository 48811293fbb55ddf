import { z } from 'zod'
import { OrgNetwork } from '../../contract/network.ts'
import { query } from '../../core/operation.ts'
import { runtime } from '../../core/runtime.ts'
import { isHealthy } from '../apps/index.ts'
import { rangeOf } from './address.ts'

export const getOrgNetwork = query({
  name: 'networks.get', summary: 'The organization\'s private network: its range, and what answers in it', scope: 'org', permission: 'apps:read',
  input: z.strictObject({}), output: OrgNetwork,
  rest: { method: 'GET', path: '/network', tag: 'Networks' },
  run: async (ctx) => {
    const { networkIndex } = await ctx.db.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, select: { networkIndex: true } })
    const apps = await ctx.db.app.findMany({
      where: { deletedAt: null }, orderBy: { name: 'asc' }, include: { network: true, instances: { where: { endedAt: null }, orderBy: { createdAt: 'asc' } } },
    })
    const instances = apps.flatMap((app) => app.instances)
    return {
      range: rangeOf(networkIndex),
      apps: apps.map((app) => ({
        id: app.id, name: app.name, internal_name: `${app.name}.internal`, egress: app.network?.restricted ? 'restricted' as const : 'open' as const,
        rules: Array.isArray(app.network?.rules) ? app.network.rules.length : 0, bandwidth_mbit: app.network?.bandwidthMbit ?? null,
        instances: app.instances.map((i) => ({ id: i.id, address: i.address, node_id: i.nodeId, serving: isHealthy(i) && i.desired === 'running' })),
      })),
      nodes: (await readNodes([...new Set(instances.map((i) => i.nodeId))]))
        .map((node) => ({ ...node, instances: instances.filter((i) => i.nodeId === node.id).length })),
    }
  },
})

interface NodeRow { id: string; region: string; in_mesh: boolean }

/** Nodes belong to no organization; of those that hold its instances it learns this much. */
const readNodes = async (ids: string[]): Promise<NodeRow[]> =>
  (await runtime().databases.systemPool.query<NodeRow>('SELECT id, region, facts->\'mesh\' IS NOT NULL AS in_mesh FROM node WHERE id = ANY($1) ORDER BY region, id', [ids])).rows
