import { NODE_API_LIMITS } from '../../contract/node-api/v1.ts'

/** Heartbeats one control plane takes per second before agents are asked to slow down. */
const HEARTBEATS_PER_S = 500

/** Settled 18: how often a node reports and how long it counts as alive without a report. The jitter keeps nodes out of step. */
export const heartbeatPlan = (nodes: number, random: () => number = Math.random): { next_heartbeat_s: number; lease_ttl_s: number } => {
  const base = Math.max(NODE_API_LIMITS.heartbeatS, nodes / HEARTBEATS_PER_S)
  return { next_heartbeat_s: Math.round((base + (random() * base) / 2) * 10) / 10, lease_ttl_s: leaseSeconds(nodes) }
}

export const leaseSeconds = (nodes: number): number =>
  Math.max(NODE_API_LIMITS.leaseS, Math.ceil(3 * Math.max(NODE_API_LIMITS.heartbeatS, nodes / HEARTBEATS_PER_S)))
