/** Pure: which instances of a great app an edge sends its visitors to. All edges together leave nobody out, without a word among them. */

/** `edge`: the edge of the node it runs on; null where that has none. */
export interface Candidate { id: string; edge: string | null }

/** As much alike on every machine as two texts are different: FNV-1a, stirred once more (Murmur's end). */
const scoreOf = (edge: string, id: string): number => {
  let hash = 0x811c9dc5
  for (const text of [edge, ' ', id]) {
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** The first is the one the edge likes best: rendezvous hashing, so one that comes or goes moves no other. */
const byLiking = (edge: string, candidates: readonly Candidate[]): Candidate[] =>
  candidates.map((one) => ({ one, score: scoreOf(edge, one.id) })).sort((a, b) => b.score - a.score || (a.one.id < b.one.id ? -1 : 1)).map(({ one }) => one)

/** What no edge has at home goes to the one it likes best of those with room, in one order that all edges know. */
type Homes = ReadonlyMap<string, readonly Candidate[]>
const adopted = (edges: readonly string[], homes: Homes, all: readonly Candidate[], most: number): Map<string, Candidate[]> => {
  const atHome = new Set([...homes.values()].flat())
  const taken = new Map(edges.map((edge) => [edge, [] as Candidate[]]))
  const roomOf = (edge: string): number => most - (homes.get(edge)?.length ?? 0) - (taken.get(edge)?.length ?? 0)
  for (const one of byLiking('', all.filter((each) => !atHome.has(each)))) {
    const best = edges.filter((edge) => roomOf(edge) > 0).reduce<{ edge: string; score: number } | null>((held, edge) => {
      const score = scoreOf(edge, one.id)
      return held === null || score > held.score || (score === held.score && edge < held.edge) ? { edge, score } : held
    }, null)
    if (best) taken.get(best.edge)?.push(one)
  }
  return taken
}

/** At most so many for the edge `own`: those of its own node first, then those nobody else has at home, then by liking. */
export function pick(own: string, edges: readonly string[], all: readonly Candidate[], most: number): Candidate[] {
  if (all.length <= most) return [...all]
  const known = [...new Set([own, ...edges])]
  const homes = new Map(known.map((edge) => [edge, byLiking(edge, all.filter((one) => one.edge === edge)).slice(0, most)]))
  const first = [...homes.get(own) ?? [], ...adopted(known, homes, all, most).get(own) ?? []]
  return [...first, ...byLiking(own, all.filter((one) => !first.includes(one)))].slice(0, most)
}
