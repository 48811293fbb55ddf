import { z } from 'zod'
import { Etag } from './etag.ts'

export const MAX_EGRESS_RULES = 50
export const PROTOCOLS = ['tcp', 'udp', 'icmp', 'any'] as const

/** Whether it is a range, a name or neither is a rule, so that each fault can say what to write instead. */
export const EgressRuleInput = z.strictObject({
  to: z.string().trim().toLowerCase().min(1, 'Enter a range like 203.0.113.0/24 or a host name.').max(253)
    .describe('An IPv4 address, a range like 203.0.113.0/24, or a host name; *.example.com takes every name below it'),
  protocol: z.enum(PROTOCOLS).default('tcp'),
  ports: z.string().trim().max(64).nullable().default(null).describe('443 or 8000-8100; null is every port'),
})
export type EgressRuleInput = z.output<typeof EgressRuleInput>

const Rate = z.number().int('Use whole Mbit/s.').min(1, 'Use 1 Mbit/s or more.').max(100_000, 'At most 100,000 Mbit/s.').nullable()

export const AppNetworkInput = z.strictObject({
  egress: z.enum(['open', 'restricted']).describe('open: everywhere; restricted: where a rule says, and its own network'),
  rules: z.array(EgressRuleInput).max(MAX_EGRESS_RULES, `At most ${MAX_EGRESS_RULES} rules per app.`).default([]),
  bandwidth_mbit: Rate.default(null).describe('Of each instance in each direction; null is what the plan allows'),
})
export type AppNetworkInput = z.output<typeof AppNetworkInput>

const EgressRule = z.object({ to: z.string(), protocol: z.enum(PROTOCOLS), ports: z.string().nullable() })

export const AppNetwork = z.object({
  app_id: z.string(), internal_name: z.string().describe('Under this name its instances answer to the apps of the organization'),
  egress: z.enum(['open', 'restricted']), rules: z.array(EgressRule), bandwidth_mbit: z.number().int().nullable(),
  allowed_bandwidth_mbit: z.number().int().describe('What the plan or the operator allows'), etag: Etag,
})
export type AppNetwork = z.infer<typeof AppNetwork>

export const OrgNetwork = z.object({
  range: z.string(),
  apps: z.array(z.object({
    id: z.string(), name: z.string(), internal_name: z.string(), egress: z.enum(['open', 'restricted']), rules: z.number().int(),
    bandwidth_mbit: z.number().int().nullable(),
    instances: z.array(z.object({ id: z.string(), address: z.string(), node_id: z.string(), serving: z.boolean().describe('Healthy, so its address is in the answers for the name') })),
  })),
  nodes: z.array(z.object({ id: z.string(), region: z.string(), instances: z.number().int(), in_mesh: z.boolean().describe('Its instances and those of other nodes reach each other') })),
})
export type OrgNetwork = z.infer<typeof OrgNetwork>
