const LARGEST = 500

interface Asked<V> { resolve(value: V | undefined): void; reject(error: unknown): void }

/**
 * Reads by key with one query at a time: what is asked for while it runs goes into the next. After a restart all agents come back at once,
 * and their thousand questions must not queue up for ten connections.
 */
export const batchedRead = <V>(load: (keys: string[]) => Promise<Map<string, V>>): ((key: string) => Promise<V | undefined>) => {
  const waiting = new Map<string, Asked<V>[]>()
  let running = false
  const drain = async (): Promise<void> => {
    if (running) return
    running = true
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, LARGEST)
      for (const [key] of batch) waiting.delete(key)
      try {
        const found = await load(batch.map(([key]) => key))
        for (const [key, asked] of batch) for (const one of asked) one.resolve(found.get(key))
      } catch (error) {
        for (const [, asked] of batch) for (const one of asked) one.reject(error)
      }
    }
    running = false
  }
  return (key) => new Promise((resolve, reject) => {
    waiting.set(key, [...waiting.get(key) ?? [], { resolve, reject }])
    if (!running) setImmediate(() => void drain())
  })
}
