import type { ServerResponse } from 'node:http'

/** A reader that takes nothing for this long is let go. */
const STALLED_MS = 30_000
const HEARTBEAT_MS = 15_000

export interface Frame { id: string; event: string; data: unknown }

export interface EventStream {
  readonly closed: boolean
  /** Up to here there is nothing more: a reader that comes back need not read it again. */
  mark(position: string): void
  /** Waits while the reader is slower than we are. */
  send(frame: Frame): Promise<void>
  /** Last word, then the end: the reader is not to come back with the same rights. */
  end(code: string): void
  onClose(listener: () => void): void
}

/** Opens a text/event-stream answer; a comment line now and then keeps proxies from cutting it. */
export const openEventStream = (res: ServerResponse, requestId: string): EventStream => {
  res.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no', 'x-request-id': requestId,
  })
  res.write('retry: 2000\n\n')
  let position = ''
  // A block of an id alone is no event, but the reader keeps the id.
  const heartbeat = setInterval(() => { if (!res.writableNeedDrain) res.write(`: still here\n${position ? `id: ${position}\n` : ''}\n`) }, HEARTBEAT_MS)
  let closed = res.destroyed
  res.once('close', () => {
    closed = true
    clearInterval(heartbeat)
  })
  return {
    get closed() { return closed },
    mark: (now) => { position = now },
    send: async ({ id, event, data }) => {
      if (closed || res.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)) return
      await drained(res)
    },
    end: (code) => {
      if (!closed) res.end(`event: end\ndata: ${JSON.stringify({ code })}\n\n`)
      closed = true
      clearInterval(heartbeat)
    },
    onClose: (listener) => { res.once('close', listener) },
  }
}

const drained = (res: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const stalled = setTimeout(() => res.destroy(), STALLED_MS)
    const done = (): void => {
      clearTimeout(stalled)
      res.off('drain', done)
      res.off('close', done)
      resolve()
    }
    res.once('drain', done)
    res.once('close', done)
  })
