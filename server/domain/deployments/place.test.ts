import fc from 'fast-check'
import { expect, test } from 'vitest'
import { place, type Candidate } from './place.ts'

const OVERHEAD_MIB = 80
const node = (over: Partial<Candidate> = {}): Candidate => ({ id: 'node_a', region: 'local', status: 'ready', isolation: 'hardware', memoryMib: 4096, allocatedMib: 0, instances: 0, siblings: 0, ...over })
const anyNode = fc.record({
  id: fc.uuid(), region: fc.constant('local'), isolation: fc.constantFrom('hardware', 'emulated'), status: fc.constantFrom('ready', 'unreachable', 'draining'), memoryMib: fc.integer({ min: 256, max: 16_384 }), allocatedMib: fc.integer({ min: 0, max: 8192 }),
  instances: fc.integer({ min: 0, max: 40 }), siblings: fc.integer({ min: 0, max: 5 }),
})

test('placing until nothing fits never promises more memory than a node may give', () => {
  fc.assert(fc.property(fc.array(anyNode, { maxLength: 5 }), fc.integer({ min: 96, max: 2048 }), (nodes, need) => {
    const state = nodes.map((n) => ({ ...n, allocatedMib: 0, instances: 0 }))
    for (let i = 0; i < 100; i++) {
      const placement = place(state, need)
      if ('refusal' in placement) break
      const chosen = state.find((n) => n.id === placement.nodeId)
      if (!chosen) throw new Error('placed on no node')
      chosen.allocatedMib += need
      chosen.instances += 1
      chosen.siblings += 1
    }
    for (const n of state) expect(n.allocatedMib + n.instances * OVERHEAD_MIB).toBeLessThanOrEqual(n.memoryMib * 0.9)
    expect(state.filter((n) => n.status !== 'ready').every((n) => n.instances === 0)).toBe(true)
  }))
})

test('it refuses only when no ready node has room, and the order of nodes does not matter', () => {
  fc.assert(fc.property(fc.array(anyNode, { maxLength: 6 }), fc.integer({ min: 96, max: 4096 }), (nodes, need) => {
    const roomy = nodes.some((n) => n.status === 'ready' && n.memoryMib * 0.9 - n.allocatedMib - n.instances * OVERHEAD_MIB >= need + OVERHEAD_MIB)
    const placement = place(nodes, need)
    expect('nodeId' in placement).toBe(roomy)
    expect(place(nodes.toReversed(), need)).toEqual(placement)
  }))
})

test('instances of one app are spread before nodes are filled', () => {
  expect(place([node({ id: 'node_a', siblings: 1, memoryMib: 16_384 }), node({ id: 'node_b', allocatedMib: 2048 })], 128)).toEqual({ nodeId: 'node_b' })
})

test('only nodes of the regions an organization allows are taken', () => {
  const nodes = [node({ id: 'node_a', region: 'lagos' }), node({ id: 'node_b', region: 'accra' })]
  expect(place(nodes, 128, { regions: ['accra'], mayBeEmulated: true })).toEqual({ nodeId: 'node_b' })
  expect(place(nodes, 128, { regions: ['nairobi'], mayBeEmulated: true })).toEqual({ refusal: expect.stringContaining('nairobi') })
})

test.each([
  [[], 'No node has joined'], [[node({ status: 'unreachable' })], 'none of 1 is reporting'], [[node({ memoryMib: 256 })], '512 MiB'],
] as const)('a refusal %# says what is missing and what to do', (nodes, text) => {
  expect(place([...nodes], 512)).toEqual({ refusal: expect.stringContaining(text) })
})

test('an organization that is not trusted never lands on a node that only emulates', () => {
  fc.assert(fc.property(fc.array(anyNode, { maxLength: 6 }), fc.integer({ min: 96, max: 4096 }), (nodes, need) => {
    const placement = place(nodes, need, { regions: [], mayBeEmulated: false })
    expect(placement).toEqual('nodeId' in placement ? place(nodes.filter((n) => n.isolation === 'hardware'), need) : { refusal: expect.any(String) })
  }))
  const placement = place([node({ isolation: 'emulated' })], 128, { regions: [], mayBeEmulated: false })
  expect('refusal' in placement && placement.refusal).toContain('mark the organization as trusted')
})
