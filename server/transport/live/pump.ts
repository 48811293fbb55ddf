import { DomainError } from '../../core/error.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import type { EventStream, Frame } from './event-stream.ts'

/** A lost wake-up costs at most this. */
const REREAD_MS = 5_000
const RECHECK_MS = 25_000

export interface Source {
  topic: string
  /** Does this wake-up mean something new to read? */
  concerns(payload: string): boolean
  /** What came since the last call; `more` when there is yet more. */
  read(): Promise<{ frames: Frame[]; more: boolean }>
  /** Throws a DomainError when the reader has lost the right. */
  check(): Promise<unknown>
}

/** Sends what `source` has until the reader goes or loses the right. Subscribed before the first read, so nothing falls between. */
export const pump = async (stream: EventStream, source: Source): Promise<void> => {
  const bell = doorbell()
  let checkedMs = Date.now()
  const off = runtime().bus.on(source.topic, (payload) => {
    if (payload.startsWith('member')) checkedMs = 0
    if (checkedMs === 0 || source.concerns(payload)) bell.ring()
  })
  stream.onClose(bell.ring)
  try {
    while (!stream.closed) {
      const checkIsDue = Date.now() - checkedMs >= RECHECK_MS
      const more = await sendOnce(stream, source, checkIsDue)
      if (checkIsDue) checkedMs = Date.now()
      if (!more && !stream.closed) await bell.wait(REREAD_MS)
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    stream.end(error.code)
  } finally {
    off()
  }
}

/** A database that is away for a moment does not end the stream: the next read goes on at the same place. */
const sendOnce = async (stream: EventStream, source: Source, checkFirst: boolean): Promise<boolean> => {
  try {
    if (checkFirst) await source.check()
    const { frames, more } = await source.read()
    for (const frame of frames) await stream.send(frame)
    return more
  } catch (error) {
    if (error instanceof DomainError) throw error
    log.warn({ topic: source.topic, error: error instanceof Error ? error.message : String(error) }, 'live stream could not read')
    return false
  }
}

/** A ring while nobody waits is kept for the next wait. */
const doorbell = () => {
  let rung = false
  let open: (() => void) | null = null
  return {
    ring: (): void => {
      rung = true
      open?.()
    },
    wait: async (ms: number): Promise<void> => {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          open = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      rung = false
      open = null
    },
  }
}
