export interface Grouping<I, O> {
  /** At most so many in one piece of work. */
  most: number
  /** Pieces of work under way at once. */
  lanes?: number
  /** Calls of the same key never share a piece of work. */
  keyOf?: (item: I) => string
  /** One answer per item, in their order. When it fails for several, each is tried alone, so that one cannot spoil the others. */
  together: (items: readonly I[]) => Promise<readonly O[]>
}

interface Waiting<I, O> { item: I; resolve: (answer: O) => void; reject: (error: unknown) => void }

const ALONE_AT_ONCE = 4

/**
 * Calls that come while others are under way wait for those, then go together: what is done for many costs little more than for one.
 * Nobody waits for company; whoever comes alone goes at once.
 */
export const grouped = <I, O>({ most, lanes = 1, keyOf, together }: Grouping<I, O>): ((item: I) => Promise<O>) => {
  let waiting: Waiting<I, O>[] = []
  let underWay = 0
  let isAwake = false

  const take = (): Waiting<I, O>[] => {
    const [keys, taken, left] = [new Set<string>(), [] as Waiting<I, O>[], [] as Waiting<I, O>[]]
    for (const call of waiting) {
      const key = keyOf?.(call.item)
      const isFit = taken.length < most && (key === undefined || !keys.has(key))
      if (isFit && key !== undefined) keys.add(key)
      const side = isFit ? taken : left
      side.push(call)
    }
    waiting = left
    return taken
  }

  const alone = async ({ item, resolve, reject }: Waiting<I, O>): Promise<void> => {
    try {
      const [answer] = await together([item])
      resolve(answer as O)
    } catch (error) {
      reject(error)
    }
  }

  const work = async (calls: readonly Waiting<I, O>[]): Promise<void> => {
    const [only, ...others] = calls
    if (only && others.length === 0) return alone(only)
    try {
      const answers = await together(calls.map(({ item }) => item))
      for (const [index, { resolve }] of calls.entries()) resolve(answers[index] as O)
    } catch {
      const each = calls.values()
      await Promise.all(Array.from({ length: ALONE_AT_ONCE }, async () => { for (const call of each) await alone(call) }))
    }
  }

  const pump = (): void => {
    isAwake = false
    while (underWay < lanes && waiting.length > 0) {
      underWay += 1
      void work(take()).finally(() => {
        underWay -= 1
        pump()
      })
    }
  }

  return (item) => new Promise<O>((resolve, reject) => {
    waiting.push({ item, resolve, reject })
    // Not in this very tick: callers that come in the same one go together.
    if (!isAwake) setImmediate(pump)
    isAwake = true
  })
}
