import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pick, type Candidate } from './pick.ts'

/** Few, so that room is short in many of the fleets tried. */
const MOST = 3
const edgesOf = (count: number): string[] => Array.from({ length: count }, (_, at) => `10.127.240.${at + 1}`)
const size = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.boolean()).map(([count, full]) => ({ count, fewest: full ? MOST * count : 0 }))
/** Where each instance runs: on an edge, or on a node without one. */
const fleet = size.chain(({ count, fewest }) => fc.record({
  edges: fc.constant(edgesOf(count)),
  instances: fc.uniqueArray(
    fc.record({ id: fc.integer({ min: 0, max: 5_000 }).map((n) => `inst_${n}`), at: fc.integer({ min: -1, max: count - 1 }) }),
    { minLength: fewest, maxLength: MOST * count, selector: ({ id }) => id })
    .map((all) => all.map(({ id, at }): Candidate => ({ id, edge: at < 0 ? null : edgesOf(count)[at] ?? null }))),
}))
const ids = (all: readonly Candidate[]): string[] => all.map(({ id }) => id)

test('every instance is reached by some edge when there is room for all; each edge uses all its room, and its own node comes first', () => {
  fc.assert(fc.property(fleet, ({ edges, instances }) => {
    const picked = edges.map((edge) => pick(edge, edges, instances, MOST))
    expect(new Set(picked.flatMap(ids)).size).toBe(instances.length)
    for (const [at, some] of picked.entries()) {
      expect(new Set(ids(some)).size).toBe(Math.min(MOST, instances.length))
      const home = instances.filter((one) => one.edge === edges[at])
      expect(some.filter((one) => home.includes(one))).toHaveLength(Math.min(MOST, home.length))
    }
  }))
})

test('the order in which an edge hears of edges and instances decides nothing', () => {
  fc.assert(fc.property(fleet, fc.infiniteStream(fc.nat()), ({ edges, instances }, random) => {
    const shuffled = <T>(all: readonly T[]): T[] => all.map((one) => ({ one, at: random.next().value ?? 0 })).sort((a, b) => a.at - b.at).map(({ one }) => one)
    const [edge = ''] = edges
    expect(ids(pick(edge, shuffled(edges), shuffled(instances), MOST)).sort()).toEqual(ids(pick(edge, edges, instances, MOST)).sort())
  }))
})

test('one instance that comes or goes moves one place of an edge at most, where every node has an edge with room for its own', () => {
  const crowd = fc.integer({ min: 2, max: 10 }).chain((count) => fc.array(fc.nat(MOST - 1), { minLength: count, maxLength: count })
    .map((counts) => ({ edges: edgesOf(count), instances: counts.flatMap((n, at) => Array.from({ length: n }, (_, i): Candidate => ({ id: `inst_${at}_${i}`, edge: edgesOf(count)[at] ?? null }))) })))
  fc.assert(fc.property(crowd, fc.nat(), ({ edges, instances }, nth) => {
    fc.pre(instances.length > MOST)
    const gone = instances[nth % instances.length]
    for (const edge of edges) {
      const before = ids(pick(edge, edges, instances, MOST))
      const after = ids(pick(edge, edges, instances.filter((one) => one !== gone), MOST))
      expect(before.filter((id) => !after.includes(id)).filter((id) => id !== gone?.id)).toEqual([])
      expect(after.filter((id) => !before.includes(id)).length).toBeLessThanOrEqual(1)
    }
  }))
})

test('an edge that comes or goes moves nothing of the others; of a great app each instance is picked about as often', () => {
  const edges = edgesOf(200)
  const instances = edges.slice(0, 100).map((edge, at): Candidate => ({ id: `inst_${at}`, edge }))
  const counts = new Map<string, number>()
  for (const edge of edges) {
    const picked = ids(pick(edge, edges, instances, 12))
    expect(ids(pick(edge, edges.slice(0, -1), instances, 12))).toEqual(picked)
    for (const id of picked) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  expect(counts.size).toBe(100)
  // 24 on average: nobody by far more or less, which chance alone would not be.
  expect([Math.min(...counts.values()) > 8, Math.max(...counts.values()) < 48]).toEqual([true, true])
})
