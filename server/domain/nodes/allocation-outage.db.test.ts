import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ObjectStatus } from '../../contract/node-api/v1.ts'
import { runtime } from '../../core/runtime.ts'
import { makeOwner } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { markUnreachable, recordStatus } from './index.ts'
import { insertNode, makeInstance, vmStatus } from './testing.ts'

withRuntime()
const pool = () => runtime().databases.systemPool
const MINUTE = 60_000
/** Reports are dated when they arrive; so much may pass while a test sends one. */
const SLACK_MS = 1_500

const advance = async (ms: number): Promise<void> => {
  await pool().query('UPDATE test_clock SET offset_ms = offset_ms + $1', [ms])
  await runtime().clock.refresh()
}
const now = (): number => runtime().clock.now().getTime()

interface Vm { start: string | null; since: number; begun: number; ran: number; starts: number }
const stop = (vm: Vm): void => {
  if (vm.start !== null) Object.assign(vm, { ran: vm.ran + now() - vm.begun, start: null, since: now() })
}
const start = (vm: Vm, id: string): void => {
  stop(vm)
  Object.assign(vm, { start: `${id}-${++vm.starts}`, begun: now(), since: now() })
}

const makeNode = async () => {
  const { organization } = await makeOwner()
  const nodeId = await insertNode()
  return { nodeId, ...(await makeInstance(organization.id, nodeId)) }
}

const reporter = (nodeId: string, instanceId: string, vm: Vm) => {
  let [seq, heard] = [0, now()]
  const statusOf = (): ObjectStatus => (vm.start === null
    ? vmStatus(instanceId, { phase: 'backoff', code: 'process_exited', vm_start_id: vm.starts === 0 ? null : `${instanceId}-${vm.starts}`, health: null, since_ms: now() - vm.since, running_ms: null })
    : vmStatus(instanceId, { vm_start_id: vm.start, since_ms: now() - vm.since, running_ms: now() - vm.begun }))
  const send = async (objects: ObjectStatus[], number = ++seq) => {
    await recordStatus(nodeId, {
      session_id: `ses_${nodeId}`, seq: number, observed_epoch: '', observed_index: 0, boot_id: 'boot-1', heartbeat: true, objects,
      node: { load: 0, memory_free_mib: 1, disk_free_mib: 1, conditions: [] },
    })
    heard = now()
  }
  return {
    report: () => send([statusOf()]), beat: () => send([]), repeat: () => send([statusOf()], seq),
    stale: (): Promise<void> => (seq > 1 ? send([vmStatus(instanceId, { vm_start_id: 'long-ago', running_ms: 9_999_999 })], seq - 1) : Promise.resolve()),
    lose: async () => {
      await pool().query('UPDATE node SET last_seen_at = $2 WHERE id = $1', [nodeId, new Date(Date.now() - (now() - heard))])
      await markUnreachable()
    },
  }
}

const allotted = async (instanceId: string): Promise<{ ms: number; overlaps: number }> => {
  const { rows } = await pool().query<{ started_at: Date; ended_at: Date | null }>('SELECT started_at, ended_at FROM allocation_segment WHERE instance_id = $1 ORDER BY started_at', [instanceId])
  const spans = rows.map((r) => [r.started_at.getTime(), r.ended_at?.getTime() ?? now()] as const)
  return { ms: spans.reduce((sum, [from, to]) => sum + to - from, 0), overlaps: spans.filter(([from], i) => i > 0 && from < (spans[i - 1]?.[1] ?? 0)).length }
}

const act = fc.record({
  what: fc.constantFrom('report', 'report', 'beat', 'repeat', 'stale', 'lose', 'restart', 'stop', 'run'), minutes: fc.integer({ min: 1, max: 600 }),
})

test('whatever is lost, doubled or late between agent and portal, segments come to the time the VM ran', async () => {
  await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 14 }), async (acts) => {
    const { nodeId, instanceId } = await makeNode()
    const vm: Vm = { start: null, since: now(), begun: 0, ran: 0, starts: 0 }
    const agent = reporter(nodeId, instanceId, vm)
    start(vm, instanceId)
    await agent.report()
    for (const { what, minutes } of acts) {
      await advance(minutes * MINUTE)
      // The agent tells what is now: the pause before a restart it could not report counts as run, so restarts here have none.
      if (what === 'restart' && vm.start !== null) start(vm, instanceId)
      else if (what === 'run' && vm.start === null) {
        // A start begins to be billed when the portal hears of it.
        await agent.report()
        start(vm, instanceId)
        await agent.report()
      } else if (what === 'stop') stop(vm)
      else if (what !== 'run' && what !== 'restart') await agent[what]()
    }
    await agent.report()
    const { ms, overlaps } = await allotted(instanceId)
    expect(Math.abs(ms - (vm.ran + (vm.start === null ? 0 : now() - vm.begun)))).toBeLessThan(SLACK_MS)
    expect(overlaps).toBe(0)
  }), { numRuns: 25 })
}, 60_000)

test('a lost node is billed to its last accepted heartbeat; when it is heard again, for the whole time', async () => {
  const { nodeId, instanceId } = await makeNode()
  const vm: Vm = { start: null, since: now(), begun: 0, ran: 0, starts: 0 }
  const agent = reporter(nodeId, instanceId, vm)
  start(vm, instanceId)
  await agent.report()
  await advance(60 * MINUTE)
  await agent.beat()
  await advance(30 * MINUTE)
  await agent.lose()
  await advance(30 * MINUTE)
  expect(Math.abs((await allotted(instanceId)).ms - 60 * MINUTE)).toBeLessThan(SLACK_MS)
  await agent.beat()
  expect(Math.abs((await allotted(instanceId)).ms - 120 * MINUTE)).toBeLessThan(SLACK_MS)
  await agent.lose()
  await advance(30 * MINUTE)
  stop(vm)
  await advance(30 * MINUTE)
  await agent.report()
  expect(Math.abs((await allotted(instanceId)).ms - 150 * MINUTE)).toBeLessThan(SLACK_MS)
})
