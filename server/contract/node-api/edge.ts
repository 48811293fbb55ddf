/** What a node's edge learns from the portal. Part of version 1 of the node API. */
import { z } from 'zod'

/** Not strict: an agent takes what it knows of it. */
export const EdgeSettings = z.object({
  /** Certificates come from a public authority; null: the edge signs for itself. `ca_root` is PEM, of an authority that systems do not know. */
  acme: z.object({ email: z.email(), ca: z.url().nullable(), ca_root: z.string().max(65_536).nullable() }).nullable(),
})
export type EdgeSettings = z.infer<typeof EdgeSettings>
