import { z } from 'zod'
import { Etag } from '../../contract/etag.ts'
import { Instant } from '../../contract/time.ts'

const amount = z.object({ total: z.number().int(), used: z.number().int() })

const name = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/, 'Use small letters, digits, dots and hyphens, 63 at most.')
/** Where a machine stands and what it is for. */
export const NodePlace = {
  region: name,
  zone: z.union([z.literal(''), name]).describe('Part of a region that fails as one; empty when there is none'),
  labels: z.record(name, z.union([z.literal(''), name])).refine((labels) => Object.keys(labels).length <= 32, 'Use 32 labels at most.'),
}

export const NodeId = z.string().max(64)

export const DrainView = z.object({
  id: z.string(), node_id: z.string(), state: z.enum(['running', 'done', 'failed', 'cancelled']), batch: z.number().int(), destinations: z.array(z.string()),
  volumes: z.enum(['refuse', 'leave']), at_deadline: z.enum(['give_up', 'force']), then: z.enum(['cordoned', 'maintenance', 'removed']),
  total: z.number().int(), left: z.number().int().describe('Instances that are still there; those that stay because of their volumes are not counted'),
  detail: z.string().nullable().describe('Why it does not go on, or ended as it did'),
  deadline_at: Instant, created_at: Instant, finished_at: Instant.nullable(),
})
export type DrainView = z.infer<typeof DrainView>

export const NodeView = z.object({
  id: z.string(), hostname: z.string(), region: z.string(), zone: z.string(), labels: z.record(z.string(), z.string()),
  status: z.string().describe('ready, unreachable (missed its lease), lost (its instances are started elsewhere)'),
  duty: z.string().describe('active, cordoned, draining, maintenance: only an active one gets new instances'), duty_reason: z.string().nullable(),
  isolation: z.enum(['hardware', 'emulated']), accelerator: z.enum(['kvm', 'tcg']), driver: z.string(), network: z.enum(['bridge', 'user']), kernel: z.string(),
  agent_version: z.string(), instances: z.number().int(), volumes: z.number().int(), vcpu: amount, memory_mib: amount.extend({ free: z.number().int() }),
  disk_mib: amount.extend({ free: z.number().int() }), load: z.number(),
  conditions: z.array(z.object({ type: z.string(), message: z.string() })),
  mesh: z.object({ endpoint: z.string(), public_key: z.string(), peers: z.array(z.string()).describe('Nodes it is joined with, 32 at most'), peer_count: z.number().int() }).nullable()
    .describe('Its place in the private network between nodes; null when it has none, and neither instances nor edges reach beyond it'),
  drain: DrainView.nullable().describe('The one that runs'),
  release: z.string().nullable().describe('Of an agent that was installed by the line of the console; null when it runs beside it'),
  upgrade: z.object({ state: z.string(), detail: z.string().nullable() }).nullable().describe('How its agent fares in the upgrade of the fleet; null when it is not part of one that is open'),
  fencing: z.object({ fault: z.string().nullable().describe('Why nothing strict may start there'), armed: z.number().int().describe('Strict volumes whose instances end with the lease of the node') }).nullable()
    .describe('What its agent said of the fence process; null from one that knows nothing of it'),
  declared_dead: z.object({ at: Instant, reason: z.string() }).nullable().describe('An operator vouches that it runs nothing any more; gone when it is heard'),
  alarms: z.array(z.object({ type: z.enum(['refused', 'cloned', 'revoked']), message: z.string(), at: Instant })).describe('What stands between this node and the console'),
  desired_index: z.number().int(), observed_index: z.number().int(), last_seen_at: Instant, unreachable_at: Instant.nullable(), lost_at: Instant.nullable(),
  created_at: Instant, etag: Etag,
})
export type NodeView = z.infer<typeof NodeView>
