import fc from 'fast-check'
import { expect, test } from 'vitest'
import { explain, faultOf, OVERHEAD_MIB, schedule, withInstance, type NodeState, type Wish } from './schedule.ts'

const node = (over: Partial<NodeState> = {}): NodeState => ({
  id: 'node_a', region: 'local', zone: '', labels: {}, status: 'ready', duty: 'active', conditions: [], capabilities: ['isolation', 'bridge'],
  capacity: { vcpu: 4, memoryMib: 4096, diskMib: 40_000 }, promised: { vcpu: 0, memoryMib: 0, diskMib: 0 }, instances: 0, siblings: 0, hasImage: false,
  ...over,
})
const wish = (over: Partial<Wish> = {}): Wish => ({ need: { vcpu: 1, memoryMib: 512, diskMib: 1024 }, regions: [], capabilities: [], ...over })

const amounts = (top: number) => fc.record({
  vcpu: fc.integer({ min: 0, max: top / 256 }), memoryMib: fc.integer({ min: 0, max: top }), diskMib: fc.integer({ min: 0, max: top * 8 }),
})
const anyNode: fc.Arbitrary<NodeState> = fc.record({
  id: fc.uuid(), region: fc.constantFrom('lagos', 'accra'), zone: fc.constantFrom('', 'a', 'b'),
  labels: fc.constantFrom({}, { disk: 'fast' }, { disk: 'slow' }),
  status: fc.constantFrom('ready', 'ready', 'ready', 'unreachable', 'lost'),
  duty: fc.constantFrom('active', 'active', 'active', 'cordoned', 'draining', 'maintenance'),
  conditions: fc.constantFrom([], [], ['disk_pressure'], ['edge_down']), capabilities: fc.constantFrom(['isolation', 'bridge'], ['bridge'], []),
  capacity: amounts(16_384), promised: fc.constant({ vcpu: 0, memoryMib: 0, diskMib: 0 }), instances: fc.constant(0),
  siblings: fc.integer({ min: 0, max: 3 }), hasImage: fc.boolean(),
})
const someNodes = fc.uniqueArray(anyNode, { maxLength: 7, selector: (n) => n.id })
const anyWish: fc.Arbitrary<Wish> = fc.record({
  need: fc.record({ vcpu: fc.integer({ min: 1, max: 8 }), memoryMib: fc.integer({ min: 32, max: 4096 }), diskMib: fc.integer({ min: 64, max: 20_000 }) }),
  regions: fc.constantFrom([], ['lagos'], ['nowhere']), zones: fc.constantFrom([], ['a']), labels: fc.constantFrom({}, { disk: 'fast' }),
  capabilities: fc.constantFrom([], ['isolation']), only: fc.constant(null),
})
const strategies = fc.constantFrom('spread' as const, 'pack' as const)

test('placing until nothing fits never promises more than a node may give, and never goes where it may not', () => {
  fc.assert(fc.property(someNodes, anyWish, strategies, (nodes, asked, strategy) => {
    let state = nodes
    for (let i = 0; i < 60; i++) {
      const placement = schedule(state, asked, strategy)
      if ('refusal' in placement) break
      expect(faultOf(state.find((n) => n.id === placement.nodeId) ?? node(), asked)).toBeNull()
      state = state.map((n) => (n.id === placement.nodeId ? withInstance(n, asked.need) : n))
    }
    for (const n of state) {
      expect(n.promised.memoryMib + n.instances * OVERHEAD_MIB).toBeLessThanOrEqual(n.capacity.memoryMib * 0.9)
      expect(n.promised.vcpu).toBeLessThanOrEqual(n.capacity.vcpu * 16)
      expect(n.promised.diskMib).toBeLessThanOrEqual(n.capacity.diskMib * 0.9 * 2)
      if (n.status !== 'ready' || n.duty !== 'active' || n.conditions.includes('disk_pressure')) expect(n.instances).toBe(0)
    }
  }))
})

test('it refuses exactly when every node has a reason, tells all of them, and does not mind the order', () => {
  fc.assert(fc.property(someNodes, anyWish, strategies, fc.infiniteStream(fc.nat()), (nodes, asked, strategy, random) => {
    const placement = schedule(nodes, asked, strategy)
    expect('nodeId' in placement).toBe(nodes.some((n) => faultOf(n, asked) === null))
    const shuffled = nodes.map((n) => ({ n, at: random.next().value as number })).sort((a, b) => a.at - b.at).map(({ n }) => n)
    expect(schedule(shuffled, asked, strategy)).toEqual(placement)
    if ('nodeId' in placement || nodes.length === 0) return
    expect(placement.refusal).toMatch(new RegExp(`^No node of ${nodes.length}: .+\\. [A-Z].+\\.$`))
    const told = [...placement.refusal.replaceAll(/ \([^)]*\)/g, '').matchAll(/(?:: |, )(\d+) /g)].reduce((sum, m) => sum + Number(m[1]), 0)
    expect(told).toBe(nodes.length)
  }))
})

test('a refusal passes exactly when a node that may return would have room, were it heard', () => {
  fc.assert(fc.property(someNodes, fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }), anyWish, (nodes, returning, one) => {
    const fleet = nodes.map((n, at) => ({ ...n, mayReturn: n.status !== 'ready' && returning[at] === true }))
    const placement = schedule(fleet, one)
    if ('nodeId' in placement) return
    const back = schedule(fleet.map((n) => (n.mayReturn ? { ...n, status: 'ready' } : n)), one)
    expect(placement.passes).toBe('nodeId' in back)
  }))
})

test('three of four lack memory, and the text says what to do', () => {
  const full = { promised: { vcpu: 1, memoryMib: 3500, diskMib: 0 }, instances: 1 }
  const nodes = [node({ id: 'a', ...full }), node({ id: 'b', ...full }), node({ id: 'c', ...full }), node({ id: 'd', duty: 'cordoned' })]
  expect(explain(nodes, wish())).toBe('No node of 4: 3 lack memory (512 MiB asked for, 26 MiB free at most), 1 is cordoned. Use less memory, or add a node.')
})

test.each<[string, Partial<NodeState>, Partial<Wish>, string]>([
  ['silent', { status: 'lost' }, {}, 'not reporting'],
  ['cordoned', { duty: 'cordoned' }, {}, 'cordoned'], ['draining', { duty: 'draining' }, {}, 'being drained'],
  ['maintenance', { duty: 'maintenance' }, {}, 'in maintenance'], ['pressure', { conditions: ['memory_pressure'] }, {}, 'pressure'],
  ['region', { region: 'lagos' }, { regions: ['accra'] }, 'another region than accra'], ['zone', { zone: 'a' }, { zones: ['b'] }, 'other zones'],
  ['labels', { labels: { gpu: 'no' } }, { labels: { gpu: 'yes' } }, 'other labels'],
  ['strangers', { capabilities: [] }, { capabilities: ['isolation'] }, 'mark the organization as trusted'],
  ['pinned', {}, { only: { nodes: ['node_z'], because: 'volumes' } }, 'not where its volumes are'],
  ['sent elsewhere', {}, { only: { nodes: ['node_z'], because: 'destinations' } }, 'no destination'],
  ['processors', { promised: { vcpu: 64, memoryMib: 0, diskMib: 0 } }, {}, 'lacks processors'],
  ['disk', { capacity: { vcpu: 4, memoryMib: 4096, diskMib: 500 } }, {}, 'lacks disk'],
])('%s is a reason of its own', (_name, over, asked, text) => {
  expect(schedule([node(over)], wish(asked))).toMatchObject({ refusal: expect.stringContaining(text) })
})

test('siblings go to other nodes first, then to other zones; then an image that is there decides', () => {
  const wide = { capacity: { vcpu: 64, memoryMib: 65_536, diskMib: 400_000 } }
  expect(schedule([node({ id: 'a', siblings: 1, ...wide }), node({ id: 'b' })], wish())).toEqual({ nodeId: 'b' })
  const zones = [node({ id: 'a', zone: 'x', siblings: 1 }), node({ id: 'b', zone: 'x', ...wide }), node({ id: 'c', zone: 'y' })]
  expect(schedule(zones, wish())).toEqual({ nodeId: 'c' })
  expect(schedule([node({ id: 'a' }), node({ id: 'b', hasImage: true })], wish())).toEqual({ nodeId: 'b' })
})

test('spread takes the emptier node, pack the fuller one', () => {
  const nodes = [node({ id: 'empty' }), node({ id: 'used', promised: { vcpu: 1, memoryMib: 1024, diskMib: 0 }, instances: 1 })]
  expect(schedule(nodes, wish(), 'spread')).toEqual({ nodeId: 'empty' })
  expect(schedule(nodes, wish(), 'pack')).toEqual({ nodeId: 'used' })
})
