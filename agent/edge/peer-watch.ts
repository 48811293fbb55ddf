/**
 * Which nodes answer. A dead one keeps its place in the routes until the portal misses it, 40 s later; until then the edge would wait 2 s for
 * each request it sends there. Asked is the kernel at the port of edges, which refuses: that is an answer.
 */
import { connect } from 'node:net'
import { EDGE_PORT } from '../drivers/network.ts'

export interface PeerWatchOptions {
  /** Nodes this one sends requests to, and their addresses in the mesh. */
  peers: () => ReadonlyMap<string, string>
  /** One of them fell silent, or answers again. */
  changed: () => void
  ask?: (address: string) => Promise<boolean>
  everyMs?: number
}

const EVERY_MS = 1_000
/** So many a second at most: of more peers each is asked less often. */
const AT_ONCE = 50
const ANSWER_MS = 1_000
/** The first question may be lost while keys are agreed. */
const MISSES = 2

export class PeerWatch {
  readonly #options: PeerWatchOptions
  readonly #misses = new Map<string, number>()
  #timer: NodeJS.Timeout | null = null
  #next = 0

  constructor(options: PeerWatchOptions) {
    this.#options = options
  }

  start(): void {
    this.#timer = setInterval(() => void this.look(), this.#options.everyMs ?? EVERY_MS).unref()
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
  }

  isSilent(nodeId: string): boolean {
    return (this.#misses.get(nodeId) ?? 0) >= MISSES
  }

  async look(): Promise<void> {
    const peers = [...this.#options.peers()]
    const known = new Set(peers.map(([nodeId]) => nodeId))
    for (const nodeId of this.#misses.keys()) if (!known.has(nodeId)) this.#misses.delete(nodeId)
    const turn = Array.from({ length: Math.min(AT_ONCE, peers.length) }, (_, at): readonly [string, string] => peers[(this.#next + at) % peers.length] ?? ['', ''])
    this.#next = peers.length > 0 ? (this.#next + turn.length) % peers.length : 0
    const before = this.#silent()
    await Promise.all(turn.map(async ([nodeId, address]) => {
      const answered = await (this.#options.ask ?? answers)(address)
      this.#misses.set(nodeId, answered ? 0 : (this.#misses.get(nodeId) ?? 0) + 1)
    }))
    if (this.#silent() !== before) this.#options.changed()
  }

  #silent(): string {
    return [...this.#misses].filter(([, count]) => count >= MISSES).map(([nodeId]) => nodeId).sort().join(' ')
  }
}

const answers = (address: string): Promise<boolean> => new Promise((resolve) => {
  const socket = connect({ host: address, port: EDGE_PORT })
  const end = (answered: boolean): void => {
    socket.destroy()
    clearTimeout(limit)
    resolve(answered)
  }
  // An answer that came while this process was busy is heard first.
  const limit = setTimeout(() => setImmediate(() => end(false)), ANSWER_MS)
  socket.once('connect', () => end(true)).once('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED'))
})
