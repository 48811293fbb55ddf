/** An agent's upgrade in place, as portal and agent speak of it. */
import { z } from 'zod'
import { Sha256 } from './dist.ts'

/** Part of the desired state of the node whose turn it is. `order` tells a second try from the first. */
export const AgentOffer = z.object({ version: z.string().max(32), manifest: Sha256, order: z.string().max(64) })
export type AgentOffer = z.infer<typeof AgentOffer>

export const UpgradeReport = z.strictObject({
  order: z.string().max(64),
  /** `failed`: it was not tried; `rolled_back`: it was, and the one before runs again. */
  state: z.enum(['fetching', 'testing', 'restarting', 'trial', 'done', 'failed', 'rolled_back']),
  detail: z.string().max(500).nullable(),
})
export type UpgradeReport = z.infer<typeof UpgradeReport>
