export interface Descent { id: string; parentId: string | null; deletedAt: Date | null }

/** The nearest ancestor that is still there, for each snapshot and for whatever else descends from one. */
export const livingAncestor = (all: readonly Descent[]) => {
  const byId = new Map(all.map((one) => [one.id, one]))
  return (id: string | null): string | null => {
    let at = id
    for (let steps = 0; at !== null && steps <= all.length; steps += 1) {
      const found = byId.get(at)
      // Of another volume: it is named as it is.
      if (!found || !found.deletedAt) return at
      at = found.parentId
    }
    return null
  }
}
