import pg from 'pg'
import { log } from './log.ts'

type Listener = (payload: string) => void

/** Wake-ups between processes over LISTEN/NOTIFY. A message may be lost, so every waiter also re-reads on a timer. */
export interface Bus {
  /** Topics are `org:<id>`, `node:<id>`, `clock`. Returns the unsubscriber. */
  on(topic: string, listener: Listener): () => void
  close(): Promise<void>
}

const CHANNEL = 'shellwego'
const RECONNECT_MS = 250

export const openBus = async (connectionString: string): Promise<Bus> => {
  const topics = new Map<string, Set<Listener>>()
  let client: pg.Client | null = null
  let closed = false
  const dispatch = (message: string): void => {
    const at = message.indexOf(' ')
    const topic = at < 0 ? message : message.slice(0, at)
    for (const listener of topics.get(topic) ?? []) listener(at < 0 ? '' : message.slice(at + 1))
  }
  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString, keepAlive: true })
    next.on('notification', (n) => dispatch(n.payload ?? ''))
    next.on('error', (error) => log.warn({ error: error.message }, 'bus connection lost'))
    try {
      await next.connect()
      await next.query(`LISTEN ${CHANNEL}`)
    } catch (error) {
      await next.end().catch(() => undefined)
      throw error
    }
    // Only a connection that stood is replaced here: a failed attempt has its own retry, and two would double with each failure.
    next.once('end', () => void reconnect())
    client = next
  }
  const reconnect = async (): Promise<void> => {
    while (!closed) {
      await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS))
      try { return await connect() } catch (error) { log.warn({ error: error instanceof Error ? error.message : String(error) }, 'bus not connected') }
    }
  }
  await connect()
  return {
    on: (topic, listener) => {
      const set = topics.get(topic) ?? new Set()
      topics.set(topic, set.add(listener))
      return () => {
        set.delete(listener)
        if (set.size === 0) topics.delete(topic)
      }
    },
    close: async () => {
      closed = true
      await client?.end()
    },
  }
}
