import { expect, test } from 'vitest'
import { byPlace, fillOf, labelsText, lookOf, placeOf, readLabels, vmmWords } from './node-words.ts'
import type { NodeView } from '../../../../_lib/wire.ts'

test('labels are written and read as one line', () => {
  expect(labelsText({ disk: 'fast', gpu: '' })).toBe('disk=fast, gpu')
  expect(readLabels(' disk=fast,gpu , a=b=c,')).toEqual({ disk: 'fast', gpu: '', a: 'b=c' })
  expect(readLabels('')).toEqual({})
})

test('that a node is not heard matters more than what it was set to', () => {
  expect(lookOf({ status: 'lost', duty: 'draining' }).word).toBe('Lost')
  expect(lookOf({ status: 'ready', duty: 'draining' }).word).toBe('Draining')
  expect(lookOf({ status: 'ready', duty: 'active' }).word).toBe('Ready')
})

test('nodes are grouped by where they stand', () => {
  const node = (hostname: string, region: string, zone = '') => ({ hostname, region, zone }) as NodeView
  expect(byPlace([node('b', 'lagos'), node('a', 'lagos'), node('c', 'accra', 'z1')]).map((g) => [g.place, g.nodes.map((n) => n.hostname)])).toEqual([['accra · z1', ['c']], ['lagos', ['a', 'b']]])
  expect(placeOf({ region: 'lagos', zone: '' })).toBe('lagos')
  expect(fillOf({ memory_mib: { total: 0, used: 0, free: 0 } })).toBe(0)
})

test('the VMM is named, and how it runs where that differs', () => {
  expect(vmmWords({ driver: 'firecracker', accelerator: 'kvm' })).toBe('Firecracker')
  expect(vmmWords({ driver: 'qemu', accelerator: 'tcg' })).toBe('QEMU (tcg)')
})
