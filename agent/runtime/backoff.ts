/** Full jitter (the portal) and plain doubling (pulls, restarts): delays are data, timers belong to the callers. */
export function fullJitterMs(attempt: number, options: { baseMs: number; maxMs: number; random?: () => number }): number {
  const ceiling = Math.min(options.maxMs, options.baseMs * 2 ** Math.min(attempt, 30))
  return Math.round(options.baseMs / 2 + (options.random ?? Math.random)() * (ceiling - options.baseMs / 2))
}

export const doublingMs = (attempt: number, options: { baseMs: number; maxMs: number }): number =>
  Math.min(options.maxMs, options.baseMs * 2 ** Math.min(Math.max(0, attempt), 30))

export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const done = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done, { once: true })
  })
}
