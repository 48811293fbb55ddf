import { afterEach, beforeEach, expect, test } from 'vitest'
import { createWorld, tombstone, until, vmObject, type World } from './testing/world.ts'

let world: World

beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const running = (id: string): boolean => world.portal.status(id)?.phase === 'running' && world.portal.status(id)?.health === 'ok'

test('a joined node starts what the portal wants and reports each phase', async () => {
  let given: unknown = null
  world.host.knobs.programs['/app/start.sh'] = (process) => { given = { argv: process.argv, env: process.env } }
  world.portal.want([vmObject('vm_1')])
  await world.begin()
  await until('running', () => running('vm_1'))
  expect([...world.host.machines.keys()]).toEqual(['vm_1'])
  expect(given).toMatchObject({ argv: ['/app/start.sh'], env: { PORT: '8080', HELLO_A: '1', TOKEN: 'very-secret-value' } })
  expect(world.portal.status('vm_1')).toMatchObject({ generation: 1, code: null, restarts: 0, image_digest: expect.stringMatching(/^sha256:/) })
})

test('a change of the desired state wakes the agent at once', async () => {
  await world.begin()
  await until('joined', () => world.portal.lastStatus !== null)
  const before = performance.now()
  world.portal.want([vmObject('vm_1')])
  await until('started', () => world.host.machines.has('vm_1'))
  expect(performance.now() - before).toBeLessThan(500)
})

test('an agent that ends leaves its VMs running, and the next one takes them over without a flicker', async () => {
  world.portal.want([vmObject('vm_1', 1, { health: { path: '/', interval_s: 0.1, timeout_s: 1, healthy: 1, unhealthy: 10, grace_s: 30 } })])
  const first = await world.begin()
  await until('running', () => running('vm_1'))
  const before = world.host.machines.get('vm_1')?.identity.pid
  await world.end(first)
  world.portal.history.length = 0
  // Few failed probes are no reason to doubt a verdict that was there before the restart.
  world.healthy.ok = false
  await world.begin()
  await until('reported again', () => world.portal.history.length > 0)
  await new Promise((resolve) => setTimeout(resolve, 150))
  expect(world.host.machines.get('vm_1')?.identity.pid).toBe(before)
  expect(world.host.starts).toHaveLength(1)
  expect(world.portal.history.every((status) => status.phase === 'running' && status.health === 'ok')).toBe(true)
})

test('a new generation replaces the VM in place and never runs two at once', async () => {
  const seen: (string | undefined)[] = []
  world.host.knobs.programs['/app/start.sh'] = (process) => seen.push(process.env['HELLO_A'])
  world.portal.want([vmObject('vm_1', 1)])
  await world.begin()
  await until('running', () => running('vm_1'))
  world.portal.want([vmObject('vm_1', 2, { env: { HELLO_A: '2' } })])
  await until('second generation', () => running('vm_1') && world.portal.status('vm_1')?.generation === 2)
  expect(seen).toEqual(['1', '2'])
})

test('stopped keeps the disk, absent deletes everything and confirms it', async () => {
  world.portal.want([vmObject('vm_1', 1)])
  await world.begin()
  await until('running', () => running('vm_1'))
  world.portal.want([vmObject('vm_1', 2, {}, 'stopped')])
  await until('stopped', () => world.portal.status('vm_1')?.phase === 'stopped')
  expect(world.host.machines.size).toBe(0)
  expect(world.disks.disks.has('vm_1')).toBe(true)
  world.portal.want([tombstone('vm_1', 3)])
  await until('absent', () => world.portal.status('vm_1')?.phase === 'absent')
  expect(world.portal.status('vm_1')?.generation).toBe(3)
  expect(world.disks.disks.size).toBe(0)
  expect(world.network.taps.size).toBe(0)
})

test('an object that is merely missing is stopped and put aside, never deleted', async () => {
  world.portal.want([vmObject('vm_1'), vmObject('vm_2'), vmObject('vm_3')])
  await world.begin()
  await until('running', () => ['vm_1', 'vm_2', 'vm_3'].every(running))
  world.portal.want([vmObject('vm_1'), vmObject('vm_2')])
  await until('stopped', () => !world.host.machines.has('vm_3'))
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(world.disks.disks.has('vm_3')).toBe(true)
  world.portal.want([vmObject('vm_1'), vmObject('vm_2'), vmObject('vm_3')])
  await until('back', () => running('vm_3'))
})

test('a list that lost more than half of its objects stops nothing and is reported', async () => {
  const all = ['vm_1', 'vm_2', 'vm_3', 'vm_4'].map((id) => vmObject(id))
  world.portal.want(all)
  await world.begin()
  await until('running', () => all.every((object) => running(object.id)))
  world.portal.want(all.slice(0, 1))
  await until('condition', () => world.portal.lastStatus?.node.conditions.some((c) => c.type === 'suspicious_desired') === true)
  expect(world.host.machines.size).toBe(4)
})

test.each(['500', 'html', 'truncate', 'rst', 'hang'] as const)('while the portal answers with %s, VMs keep running and nothing is lost', async (fault) => {
  world.portal.want([vmObject('vm_1')])
  await world.begin()
  await until('running', () => running('vm_1'))
  world.portal.fault = fault
  world.host.machines.get('vm_1')?.log('stdout', 'while away')
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(world.host.machines.has('vm_1')).toBe(true)
  world.portal.fault = 'none'
  if (fault === 'hang') return
  await until('the line arrived', () => [...world.portal.logs.values()].some((record) => 'line' in record && record.line === 'while away'), 15_000)
}, 20_000)

test('usage is counted once though replies are lost and the agent restarts', async () => {
  world.portal.want([vmObject('vm_1')])
  const first = await world.begin()
  await until('usage', () => world.portal.usage.length >= 2)
  world.portal.loseReplies = 3
  await until('more usage', () => world.portal.usage.length >= 4, 15_000)
  await world.end(first)
  await world.begin()
  const before = world.portal.usage.length
  await until('usage goes on', () => world.portal.usage.length > before + 1, 15_000)
  const seqs = world.portal.usage.map((record) => record.seq)
  expect(seqs).toEqual(seqs.map((_, at) => at + 1))
}, 40_000)

test('a record the portal refuses for good holds up no other', async () => {
  world.portal.want([vmObject('vm_1')])
  world.portal.decreasedSeq = 3
  await world.begin()
  await until('usage goes on', () => world.portal.usage.length >= 6, 15_000)
}, 20_000)

test('a line is neither lost nor doubled across a restart of the agent', async () => {
  world.portal.want([vmObject('vm_1')])
  const first = await world.begin()
  await until('running', () => running('vm_1'))
  const print = (line: string): void => world.host.machines.get('vm_1')?.log('stdout', line)
  print('1')
  print('2')
  await world.end(first)
  print('3')
  await world.begin()
  print('4')
  await until('four lines', () => world.portal.logs.size >= 4)
  expect([...world.portal.logs.values()].map((record) => ('line' in record ? record.line : null))).toEqual(['1', '2', '3', '4'])
})

test('a superseded agent keeps its VMs and starts nothing more', async () => {
  world.portal.want([vmObject('vm_1')])
  const agent = await world.begin()
  await until('running', () => running('vm_1'))
  world.portal.refuse = 'superseded_session'
  await until('frozen', () => agent.session.current() === null)
  world.host.crash('vm_1', { kind: 'process', code: 1, signal: null, oom: false })
  await new Promise((resolve) => setTimeout(resolve, 1_300))
  expect(world.host.starts).toHaveLength(1)
})

test('a clock that is an hour off is corrected by the portal’s word', async () => {
  world.portal.clockSkewMs = 3_600_000
  world.portal.want([vmObject('vm_1')])
  await world.begin()
  await until('running', () => running('vm_1'))
})

test('the credential is renewed at half of its life', async () => {
  world.portal.credentialTtlS = 1
  await world.begin()
  await until('renewed', () => (world.portal.calls.get('/node/v1/session') ?? 0) >= 2)
})

test('a report that was under way while the credential was renewed freezes nothing', async () => {
  Object.assign(world.portal, { credentialTtlS: 1, statusDelayMs: 700 })
  const agent = await world.begin()
  await until('renewed', () => (world.portal.calls.get('/node/v1/session') ?? 0) >= 4)
  expect(agent.session.current()).not.toBeNull()
})

test('an unknown node does not join again with a token it used before', async () => {
  const agent = await world.begin()
  await until('joined', () => agent.session.current() !== null)
  world.portal.joinTokens.add('join_token')
  world.portal.refuse = 'node_unknown'
  await until('frozen', () => agent.session.current() === null)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(world.portal.calls.get('/node/v1/register')).toBe(1)
})
