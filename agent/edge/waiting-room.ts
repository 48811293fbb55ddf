/**
 * Where the edge's visitors wait for what sleeps or starts. The edge asks here before it asks our DNS who serves: an answer of DNS that waited would
 * hold up the questions of all other apps (Caddy asks one at a time), and for a POST nothing would be asked twice.
 */
import { sleep } from '../runtime/backoff.ts'

/** `ready`: our DNS can tell who serves, or which page there is. `gone`: nobody but those who were dialled in vain. */
export type Standing = 'ready' | 'starting' | 'gone'

export interface WaitingRoomDeps {
  /** Wakes what sleeps behind the name, here and elsewhere; returns when one of them is awake, or after a while. */
  call: (name: string) => Promise<void>
  /** `again`: somebody was dialled in vain, so those that nobody is sure of do not count. */
  standing: (name: string, again: boolean) => Standing
}

export const WAIT_PATH = '/wait'
const LIMIT_MS = 10_000
const LOOK_MS = 100
/** Those of one name wait together. More than so many at once are told as it stands: nobody floods the agent by way of a sleeping app. */
const NAMES = 512
const VISITORS = 1_000

interface Wait { answer: Promise<boolean>; visitors: number }

export class WaitingRoom {
  readonly #deps: WaitingRoomDeps
  readonly #waits = new Map<string, Wait>()

  constructor(deps: WaitingRoomDeps) {
    this.#deps = deps
  }

  /** True: our DNS knows more now than that somebody is on the way. */
  wait(name: string, again = false): Promise<boolean> {
    const key = `${name} ${again}`
    const open = this.#waits.get(key)
    if (open ? open.visitors >= VISITORS : this.#waits.size >= NAMES) return Promise.resolve(this.#deps.standing(name, again) === 'ready')
    const wait = open ?? { answer: this.#run(name, again).finally(() => this.#waits.delete(key)), visitors: 0 }
    wait.visitors += 1
    this.#waits.set(key, wait)
    return wait.answer
  }

  async #run(name: string, again: boolean): Promise<boolean> {
    const late = new AbortController()
    const limit = sleep(LIMIT_MS, late.signal).then(() => { late.abort() })
    try {
      while (!late.signal.aborted) {
        await Promise.race([this.#deps.call(name), limit])
        const standing = this.#deps.standing(name, again)
        if (standing !== 'starting') return standing === 'ready'
        await sleep(LOOK_MS, late.signal)
      }
      return false
    } finally {
      late.abort()
    }
  }
}
