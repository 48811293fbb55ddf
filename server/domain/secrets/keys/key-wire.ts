import { z } from 'zod'
import { Instant } from '../../../contract/time.ts'

const WrappingKeyInfo = z.object({
  id: z.string(), current: z.boolean(), data_keys: z.number().int().describe('Data keys wrapped with it'), created_at: Instant.nullable(), retired_at: Instant.nullable(),
})
export const KeyState = z.object({
  provider: z.enum(['file', 'vault', 'aws']).or(z.string()), current_key_id: z.string(),
  data_keys: z.object({ total: z.number().int(), replaced: z.number().int().describe('Rotated away, kept while something is encrypted with them') }),
  rewrap: z.object({
    state: z.enum(['none', 'running', 'finished']), total: z.number().int(), done: z.number().int(),
    remaining: z.number().int().describe('Data keys not yet under the current key'), started_at: Instant.nullable(), finished_at: Instant.nullable(),
  }),
  keys: z.array(WrappingKeyInfo),
})
export type KeyState = z.infer<typeof KeyState>
