/** How long a node has been silent, by a clock that nobody can set forward: a grant to another must never come from a jump of wall time. */

const heard = new Map<string, number>()
let sinceMs = performance.now()

export const noteHeard = (nodeId: string): void => void heard.set(nodeId, performance.now())

/** What this process did not wait for itself does not count: after its start the count begins anew. */
export const silentMs = (nodeId: string, lastSeenAt: Date, nowMs = Date.now()): number =>
  Math.max(0, Math.min(nowMs - lastSeenAt.getTime(), performance.now() - (heard.get(nodeId) ?? sinceMs)))

/** For tests: as if this process had listened for so long, and heard nobody. */
export const pretendListening = (ms: number): void => {
  heard.clear()
  sinceMs = performance.now() - ms
}
