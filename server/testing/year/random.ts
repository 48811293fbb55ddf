/** Numbers that follow from a seed alone (mulberry32), so that a year can be lived twice. */
export interface Chance {
  /** In [0, 1). */
  next(): number
  /** Whole, in [0, below). */
  whole(below: number): number
  pick<T>(list: readonly [T, ...T[]]): T
}

export const chanceFrom = (seed: number): Chance => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (below: number): number => Math.floor(next() * below)
  return { next, whole, pick: (list) => list[whole(list.length)] ?? list[0] }
}
