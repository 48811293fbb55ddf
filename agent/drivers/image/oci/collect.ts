/** Which images to delete. Pure; shared by the driver and its fake. */

export interface CollectFloor {
  /** This many most recently used images stay, needed or not. */
  images: number
  /** An image used within this time stays: its instance may be about to start. */
  recentMs: number
}

interface Candidate { digest: string, sizeBytes: number, lastUsedMs: number }

export function chooseForDeletion<T extends Candidate>(images: T[], inUse: Set<string>, keepBytes: number, floor: CollectFloor, nowMs: number): T[] {
  let total = images.reduce((sum, image) => sum + image.sizeBytes, 0)
  const oldestFirst = [...images].sort((a, b) => a.lastUsedMs - b.lastUsedMs || (a.digest < b.digest ? -1 : 1))
  const chosen: T[] = []
  for (const image of oldestFirst.slice(0, Math.max(0, images.length - floor.images))) {
    if (total <= keepBytes) break
    if (inUse.has(image.digest) || nowMs - image.lastUsedMs < floor.recentMs) continue
    chosen.push(image)
    total -= image.sizeBytes
  }
  return chosen
}
