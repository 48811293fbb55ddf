import fc from 'fast-check'
import { expect, test } from 'vitest'
import { vmObject } from '../testing/world.ts'
import { EPOCH_CONFIRM_MS, judge, type GuardState, type KnownObject } from './guard.ts'

const state = (changes: Partial<GuardState> = {}): GuardState => ({ epoch: 'e1', index: 5, candidate: null, ...changes })
const known = (...ids: string[]): KnownObject[] => ids.map((id) => ({ kind: 'vm', id, unlisted: false, tombstone: false }))
const reply = (epoch: string, index: number, ...ids: string[]) => ({ epoch, index, complete: true as const, objects: ids.map((id) => vmObject(id)) })

test('the first epoch a node ever sees is applied at once', () => {
  expect(judge(state({ epoch: null, index: 0 }), [], reply('e1', 3, 'vm_1'), 0)).toMatchObject({ kind: 'apply', state: { epoch: 'e1', index: 3 } })
})

test.each([['another epoch', reply('e2', 9)], ['a falling index', reply('e1', 4)]])('%s is applied only after a second look ten seconds later', (_, answer) => {
  const first = judge(state(), known('vm_1'), answer, 1_000)
  expect(first).toMatchObject({ kind: 'confirm_epoch', retryInMs: EPOCH_CONFIRM_MS })
  expect(judge(first.state, known('vm_1'), answer, 5_000)).toMatchObject({ kind: 'confirm_epoch', retryInMs: 6_000 })
  expect(judge(first.state, known('vm_1'), answer, 11_000)).toMatchObject({ kind: 'apply', missing: [{ id: 'vm_1' }] })
})

test('a third epoch begins the wait anew', () => {
  const first = judge(state(), [], reply('e2', 1), 0)
  expect(judge(first.state, [], reply('e3', 1), 9_000)).toMatchObject({ kind: 'confirm_epoch', retryInMs: EPOCH_CONFIRM_MS })
})

test('a list that names at most half of four or more known objects is held', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 30 }), (count, kept) => {
    const ids = Array.from({ length: count }, (_, at) => `vm_${at}`)
    const verdict = judge(state(), known(...ids), reply('e1', 6, ...ids.slice(0, kept)), 0)
    const lost = Math.max(0, count - kept)
    expect(verdict.kind).toBe(count >= 4 && lost > count / 2 ? 'suspicious' : 'apply')
  }))
})

test('tombstones are no loss', () => {
  const ids = ['vm_1', 'vm_2', 'vm_3', 'vm_4']
  const answer = { ...reply('e1', 6), objects: ids.map((id) => ({ kind: 'vm' as const, id, generation: 2, desired: 'absent' as const, spec: null })) }
  expect(judge(state(), known(...ids), answer, 0)).toMatchObject({ kind: 'apply', missing: [] })
})
