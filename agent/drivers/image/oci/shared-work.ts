/** Callers that want the same thing at the same time wait for one piece of work; it stops when the last of them gives up. */

interface Work<T> { promise: Promise<T>, controller: AbortController, waiting: number }

export class SharedWork<T> {
  readonly #running = new Map<string, Work<T>>()

  get size(): number {
    return this.#running.size
  }

  async run(key: string, signal: AbortSignal, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
    signal.throwIfAborted()
    const work = this.#running.get(key) ?? this.#begin(key, start)
    work.waiting += 1
    const { promise: givenUp, reject } = Promise.withResolvers<never>()
    const leave = (): void => {
      work.waiting -= 1
      if (work.waiting === 0) {
        this.#forget(key, work)
        work.controller.abort(signal.reason)
      }
      reject(signal.reason)
    }
    signal.addEventListener('abort', leave, { once: true })
    try {
      return await Promise.race([work.promise, givenUp])
    } finally {
      signal.removeEventListener('abort', leave)
    }
  }

  #begin(key: string, start: (signal: AbortSignal) => Promise<T>): Work<T> {
    const controller = new AbortController()
    const work: Work<T> = { promise: start(controller.signal), controller, waiting: 0 }
    this.#running.set(key, work)
    const forget = (): void => this.#forget(key, work)
    work.promise.then(forget, forget)
    return work
  }

  #forget(key: string, work: Work<T>): void {
    if (this.#running.get(key) === work) this.#running.delete(key)
  }
}
