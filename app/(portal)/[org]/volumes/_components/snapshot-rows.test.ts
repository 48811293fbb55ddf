import { expect, test } from 'vitest'
import type { Snapshot } from '../../../../_lib/wire.ts'
import { snapshotTree } from './snapshot-rows.ts'

const snapshot = (id: string, parent: string | null): Snapshot => ({
  id, volume_id: 'vol_1', name: id, description: '', kind: 'manual', status: 'ready', parent_id: parent, size: '1g', added_bytes: 0, checksum: '', taken_at: null, expires_at: null,
  created_by: null, created_at: '2026-01-01T00:00:00.000Z',
})

test('a chain is one line that begins at what the volume holds now', () => {
  const { rows, lanes } = snapshotTree([snapshot('c', 'b'), snapshot('b', 'a'), snapshot('a', null)], 'c')
  expect(lanes).toBe(1)
  expect(rows.map(({ up, down, through, joins }) => [up, down, through, joins])).toEqual([[true, true, [], []], [true, true, [], []], [true, false, [], []]])
})

test('a restore makes a second line: what was left behind ends beside the first', () => {
  const { rows, lanes } = snapshotTree([snapshot('d', 'a'), snapshot('c', 'b'), snapshot('b', 'a'), snapshot('a', null)], 'd')
  expect(lanes).toBe(2)
  expect(rows.map((row) => [row.snapshot.id, row.lane, row.through, row.joins])).toEqual([['d', 0, [], []], ['c', 1, [0], []], ['b', 1, [0], []], ['a', 0, [], [1]]])
})

test('right after a restore the line of now passes by all that is newer', () => {
  const { rows } = snapshotTree([snapshot('c', 'b'), snapshot('b', 'a'), snapshot('a', null)], 'a')
  expect(rows.map((row) => [row.snapshot.id, row.lane, row.up, row.through])).toEqual([['c', 1, false, [0]], ['b', 1, true, [0]], ['a', 0, true, []]])
  expect(rows[2]?.joins).toEqual([1])
})

test('a parent that is not in the list ends its line', () => {
  expect(snapshotTree([snapshot('b', 'elsewhere')], 'b').rows[0]).toMatchObject({ down: false, up: true, lane: 0 })
  expect(snapshotTree([], null)).toEqual({ rows: [], lanes: 1 })
})
