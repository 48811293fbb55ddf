/** One at a time per key, in order of arrival: what a provider's row locks do. */
export type Lock = <T>(key: string, work: () => Promise<T>) => Promise<T>

export function createLock(): Lock {
  const tails = new Map<string, Promise<unknown>>()
  return async (key, work) => {
    const previous = tails.get(key) ?? Promise.resolve()
    const own = previous.then(work, work)
    const tail = own.catch(() => undefined)
    tails.set(key, tail)
    try {
      return await own
    } finally {
      if (tails.get(key) === tail) tails.delete(key)
    }
  }
}
