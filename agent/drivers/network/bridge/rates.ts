/** How fast an instance may be: what it receives is shaped on its TAP, what it sends is cut above the rate, by a limit of its own. */
import { runCommand, tryCommand } from '../../command.ts'
import type { NetworkPolicy, NetworkRequest } from '../../network.ts'
import { shortHash, tapName } from '../names.ts'

const BYTES_PER_MBIT = 125_000
const LATENCY = '50ms'

export const rateOf = (request: NetworkRequest, policy: NetworkPolicy): number | null =>
  policy.apps.find((app) => app.app_id === request.appId)?.rate_mbit ?? null

/** Long enough for the pauses of a busy host: 100 ms of the rate. */
const burstOf = (mbit: number): number => Math.max(128 * 1024, Math.round(mbit * BYTES_PER_MBIT / 10))

export interface RateParts { definitions: string; limits: string[] }

export function rateParts(requests: readonly NetworkRequest[], policy: NetworkPolicy): RateParts {
  const parts: RateParts = { definitions: '', limits: [] }
  for (const request of requests) {
    const mbit = rateOf(request, policy)
    if (mbit === null) continue
    const name = `rate_${shortHash(request.vmId)}`
    parts.definitions += `  limit ${name} {\n    rate over ${mbit * BYTES_PER_MBIT} bytes/second burst ${burstOf(mbit)} bytes\n  }\n`
    parts.limits.push(`"${tapName(request.vmId)}" : "${name}"`)
  }
  return parts
}

/** Idempotent; a TAP that is not there yet gets its shaper when it is made. */
export async function shape(request: NetworkRequest, mbit: number | null): Promise<void> {
  const tap = tapName(request.vmId)
  // A TAP without a shaper of ours refuses the deletion, which is as well.
  if (mbit === null) return void await tryCommand(['tc', 'qdisc', 'del', 'dev', tap, 'root'])
  await runCommand(['tc', 'qdisc', 'replace', 'dev', tap, 'root', 'tbf', 'rate', `${mbit}mbit`, 'burst', String(burstOf(mbit)), 'latency', LATENCY])
}
