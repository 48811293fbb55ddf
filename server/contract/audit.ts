import { z } from 'zod'
import { Instant } from './time.ts'

const Json = z.record(z.string(), z.unknown())

/** One entry of an organization's audit log. */
export const AuditRecord = z.object({
  id: z.string(), type: z.string(), at: Instant,
  actor: z.object({
    type: z.string(), id: z.string().nullable(), name: z.string().nullable().describe('Of members and service accounts of today'),
    operator: z.boolean().describe('One of the operator\'s people, who is no member'),
    token_id: z.string().nullable(),
    impersonator: z.object({ id: z.string(), name: z.string() }).nullable().describe('The operator, at work in this person\'s account'),
  }),
  subject: z.object({ type: z.string(), id: z.string() }),
  data: Json.describe('`<field>.before` and `<field>.after` tell what a change changed'),
  ip: z.string().nullable(), user_agent: z.string().nullable(), request_id: z.string().nullable(),
  chain_seq: z.number().int(), prev_hash: z.string(), hash: z.string(),
})
export type AuditRecord = z.infer<typeof AuditRecord>
