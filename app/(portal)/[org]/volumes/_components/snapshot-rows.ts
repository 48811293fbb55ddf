import type { Snapshot } from '../../../../_lib/wire.ts'

/** One line of the tree, newest above: where its mark is, and which lines run beside and through it. */
export interface SnapshotRow {
  snapshot: Snapshot
  lane: number
  /** A newer one of the same line, or what the volume holds now. */
  up: boolean
  down: boolean
  /** Lines that pass by. */
  through: number[]
  /** Lines that begin here. */
  joins: number[]
}
export interface SnapshotTree { rows: SnapshotRow[]; lanes: number }

type Parented = Pick<Snapshot, 'id' | 'parent_id'>

/** The line that leads to what the volume holds now is the first; each other end has one of its own. */
const lanesOf = (list: readonly Parented[], head: string | null): Map<string, number> => {
  const byId = new Map(list.map((one) => [one.id, one]))
  const lanes = new Map<string, number>()
  const follow = (from: string | null, lane: number): void => {
    for (let at = from; at !== null && byId.has(at) && !lanes.has(at); at = byId.get(at)?.parent_id ?? null) lanes.set(at, lane)
  }
  follow(head, 0)
  let next = 1
  for (const { id } of list) if (!lanes.has(id)) follow(id, next++)
  return lanes
}

const others = (lanes: readonly number[], own: number): number[] => [...new Set(lanes)].filter((lane) => lane !== own).sort((a, b) => a - b)

/** `list` is newest first, so a parent is always below its children. */
export function snapshotTree(list: readonly Snapshot[], head: string | null): SnapshotTree {
  const lanes = lanesOf(list, head)
  const laneOf = (id: string): number => lanes.get(id) ?? 0
  const place = new Map(list.map((one, index) => [one.id, index]))
  const rows = list.map((snapshot, index): SnapshotRow => {
    const lane = laneOf(snapshot.id)
    const below = (id: string | null): boolean => id !== null && (place.get(id) ?? -1) > index
    const passing = list.slice(0, index).filter((child) => below(child.parent_id)).map((child) => laneOf(child.id))
    // What the volume holds now is above everything.
    if (below(head)) passing.push(0)
    const children = list.filter((child) => child.parent_id === snapshot.id).map((child) => laneOf(child.id))
    return {
      snapshot, lane, up: children.includes(lane) || head === snapshot.id, down: snapshot.parent_id !== null && place.has(snapshot.parent_id),
      through: others(passing, lane), joins: others(children, lane),
    }
  })
  return { rows, lanes: Math.max(1, ...rows.map((row) => row.lane + 1)) }
}
