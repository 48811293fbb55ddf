import { setTimeout as sleep } from 'node:timers/promises'
import { signIn } from '../../bench/product.ts'
import { callWith } from '../call.ts'
import { pick } from '../random.ts'
import type { Call } from '../workload.ts'
import type { FleetMachine } from './machine.ts'

interface Node { id: string; hostname: string; status: string; duty: string; declared_dead: object | null }
interface Operator { done: Record<string, number>; stop: () => Promise<void> }

const PAUSE_MS = 12_000
const ACTS = ['cordon', 'drain', 'drain', 'drain', 'cancel', 'uncordon', 'uncordon'] as const

const SIGNED_IN_MS = 120_000

/** Signs in again and again, as who changes machines must have proven himself not long ago; not each time, which is limited. */
export function operatorAt(api: string): Call {
  let [token, atMs] = ['', -Infinity]
  return async (...args) => {
    if (Date.now() - atMs > SIGNED_IN_MS) [token, atMs] = [await signIn(api), Date.now()]
    return callWith(api, { authorization: `Bearer ${token}` })(...args)
  }
}

export const nodesOf = async (call: Call): Promise<Node[]> => ((await call('GET', '/nodes?limit=100')).body['data'] ?? []) as Node[]

const drainOf = (random: () => number): object => ({
  batch: 1 + Math.floor(random() * 3), deadline_minutes: 1, at_deadline: pick(random, ['give_up', 'force']), volumes: 'leave', then: pick(random, ['cordoned', 'cordoned', 'maintenance']),
})

/** Who runs the fleet: keeps at most one machine out of service, and vouches only for what is really off. */
export function operate(call: Call, machines: readonly FleetMachine[], random: () => number): Operator {
  const done: Record<string, number> = {}
  let going = true
  const say = async (what: string, path: string, body: object = {}): Promise<void> => {
    const { status } = await call('POST', path, body)
    if (status < 300) done[what] = (done[what] ?? 0) + 1
  }
  const vouch = async (nodes: readonly Node[]): Promise<void> => {
    for (const node of nodes) {
      const off = machines.some(({ name, powered }) => name === node.hostname && !powered)
      if (off && node.status === 'lost' && !node.declared_dead) await say('declare dead', `/nodes/${node.id}/declare-dead`, { hostname: node.hostname, reason: 'It is switched off' })
    }
  }
  const act = async (): Promise<void> => {
    const nodes = await nodesOf(call)
    await vouch(nodes)
    const out = nodes.filter(({ duty }) => duty !== 'active')
    const [first, ...others] = out.length > 0 ? out : nodes
    if (!first) return
    const [node, what] = [pick(random, [first, ...others]), pick(random, ACTS)]
    if (what === 'cancel') return say(what, `/nodes/${node.id}/drain/cancel`)
    if (what === 'uncordon') return say(what, `/nodes/${node.id}/uncordon`)
    if (out.length === 0) await say(what, `/nodes/${node.id}/${what}`, what === 'drain' ? drainOf(random) : {})
  }
  const loop = (async () => {
    while (going) {
      await act().catch(() => undefined)
      await sleep(random() * PAUSE_MS)
    }
  })()
  return { done, stop: async () => { going = false; await loop } }
}

/** Everything is in service again; drains that run are ended. */
export async function serveAgain(call: Call): Promise<void> {
  for (const { id, duty } of await nodesOf(call)) {
    if (duty === 'draining') await call('POST', `/nodes/${id}/drain/cancel`, {})
    if (duty !== 'active') await call('POST', `/nodes/${id}/uncordon`, {})
  }
}
