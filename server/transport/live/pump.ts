import type { Actor } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import type { EventStream, Frame } from './event-stream.ts'
import { watchStanding } from './standing.ts'

/** A lost wake-up costs at most this. */
const REREAD_MS = 5_000
/** While something is being written that no wake-up may follow. */
const SOON_MS = 200
const RECHECK_MS = 25_000
/** News after which a reader may have lost the right. */
export const RIGHTS_CHANGED = /^(member|token|role|grant|service_account|organization)\b/

export interface Batch {
  frames: Frame[]
  more: boolean
  /** Ask again soon, woken or not. */
  soon?: boolean
  /** The last id a reader of these frames is past, if it saw some of them or none. */
  position?: string
}

export interface Source {
  topic: string
  /** Does this wake-up mean something new to read? */
  concerns(payload: string): boolean
  /** What came since the last call; `more` when there is yet more. */
  read(): Promise<Batch>
  /** Throws a DomainError when the reader has lost the right. */
  check(): Promise<unknown>
}

/** Sends what `source` has until the reader goes or loses the right. Subscribed before the first read, so nothing falls between. */
export const pump = async (stream: EventStream, source: Source, actor: Actor): Promise<void> => {
  const bell = doorbell()
  let checkedMs = Date.now()
  const off = runtime().bus.on(source.topic, (payload) => {
    if (RIGHTS_CHANGED.test(payload)) checkedMs = 0
    if (checkedMs === 0 || source.concerns(payload)) bell.ring()
  })
  const unwatch = watchStanding(actor, () => {
    checkedMs = 0
    bell.ring()
  })
  stream.onClose(bell.ring)
  try {
    while (!stream.closed) {
      const checkIsDue = Date.now() - checkedMs >= RECHECK_MS
      const { more, soon } = await sendOnce(stream, source, checkIsDue)
      if (checkIsDue) checkedMs = Date.now()
      if (!more && !stream.closed) await bell.wait(soon ? SOON_MS : REREAD_MS)
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    stream.end(error.code)
  } finally {
    off()
    unwatch()
  }
}

/** A database that is away for a moment does not end the stream: the next read goes on at the same place. */
const sendOnce = async (stream: EventStream, source: Source, checkFirst: boolean): Promise<Omit<Batch, 'frames'>> => {
  try {
    if (checkFirst) await source.check()
    const { frames, ...rest } = await source.read()
    for (const frame of frames) await stream.send(frame)
    if (rest.position !== undefined) stream.mark(rest.position)
    return rest
  } catch (error) {
    if (error instanceof DomainError) throw error
    log.warn({ topic: source.topic, error: error instanceof Error ? error.message : String(error) }, 'live stream could not read')
    return { more: false }
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
