import { z } from 'zod'
import { NODE_API_LIMITS, VmObjectSpec } from './v1.ts'

/** POST /node/v1/strays: what the portal named in a status reply and does not know, as the agent was last told to run it. */
export const StrayRequest = z.strictObject({
  session_id: z.string(),
  objects: z.array(z.strictObject({ id: z.string(), generation: z.number().int().positive(), spec: VmObjectSpec })).max(NODE_API_LIMITS.usageBatch),
})
export type StrayRequest = z.infer<typeof StrayRequest>
export const StrayReply = z.object({ taken: z.number().int() })
