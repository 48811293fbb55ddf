import { z } from 'zod'
import { Instant } from '../../contract/time.ts'

const amount = z.object({ total: z.number().int(), used: z.number().int() })

export const NodeView = z.object({
  id: z.string(), hostname: z.string(), region: z.string(), status: z.string(),
  isolation: z.enum(['hardware', 'emulated']), accelerator: z.enum(['kvm', 'tcg']), driver: z.string(), network: z.enum(['bridge', 'user']), kernel: z.string(),
  agent_version: z.string(), instances: z.number().int(), vcpu: amount, memory_mib: amount.extend({ free: z.number().int() }),
  disk_mib: amount.extend({ free: z.number().int() }), load: z.number(),
  conditions: z.array(z.object({ type: z.string(), message: z.string() })),
  desired_index: z.number().int(), observed_index: z.number().int(), last_seen_at: Instant, created_at: Instant,
})
export type NodeView = z.infer<typeof NodeView>
