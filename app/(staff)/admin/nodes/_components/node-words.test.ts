import { expect, test } from 'vitest'
import { byPlace, capacitiesOf, labelsText, lookOf, movesOf, placeOf, readLabels, vmmWords, withNames } from './node-words.ts'
import type { NodeDrainPreview, NodeView } from '../../../../_lib/wire.ts'

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

test('nodes are grouped by region, and in it by zone', () => {
  const node = (hostname: string, region: string, zone = '') => ({ hostname, region, zone }) as NodeView
  const groups = byPlace([node('b', 'lagos'), node('a', 'lagos'), node('d', 'accra', 'z2'), node('c', 'accra', 'z1')])
  expect(groups.map(({ region, count, zones }) => [region, count, zones.map(({ zone, nodes }) => [zone, nodes.map((one) => one.hostname)])])).toEqual([
    ['accra', 2, [['z1', ['c']], ['z2', ['d']]]], ['lagos', 2, [['', ['a', 'b']]]],
  ])
  expect(placeOf({ region: 'lagos', zone: '' })).toBe('lagos')
})

test('what goes where is one line for each node, and those that stay say why, last', () => {
  const one = (app: string, hostname: string | null, over: object = {}) =>
    ({ id: app, app_id: app, app_name: app, organization_id: 'org', node_id: hostname, hostname, why: null, detail: null, ...over }) as NodeDrainPreview['instances'][number]
  expect(movesOf({ instances: [one('db', null, { why: 'volumes' }), one('web', 'b'), one('web', 'b'), one('api', 'a'), one('big', null, { why: 'no_capacity', detail: 'no node: 2 of 2 lack memory.' })] })).toEqual([
    { hostname: 'a', apps: [{ name: 'api', count: 1 }], why: [] }, { hostname: 'b', apps: [{ name: 'web', count: 2 }], why: [] },
    { hostname: null, apps: [{ name: 'db', count: 1 }, { name: 'big', count: 1 }], why: ['db: its volumes are here.', 'big: no node: 2 of 2 lack memory.'] },
  ])
})

test('of each capacity the map shows what is reserved and what is in use, in percent', () => {
  const amount = (total: number, used: number, free = 0) => ({ total, used, free })
  expect(capacitiesOf({ memory_mib: amount(1000, 250, 900), vcpu: amount(4, 8), disk_mib: amount(0, 0), load: 1 })).toEqual([
    { name: 'Memory', reserved: 25, used: 10 }, { name: 'vCPU', reserved: 100, used: 25 }, { name: 'Disk', reserved: 0, used: 0 },
  ])
})

test('the VMM is named, and how it runs where that differs', () => {
  expect(vmmWords({ driver: 'firecracker', accelerator: 'kvm' })).toBe('Firecracker')
  expect(vmmWords({ driver: 'qemu', accelerator: 'tcg' })).toBe('QEMU (tcg)')
})

test('what machines say of each other by id is said by name', () => {
  const nodes = [{ id: 'node_a', hostname: 'lagos-1' }, { id: 'node_b', hostname: 'lagos-2' }] as NodeView[]
  expect(withNames('The edge here does not reach node_b, node_x.', nodes)).toBe('The edge here does not reach lagos-2, node_x.')
})
