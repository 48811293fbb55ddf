/**
 * Asks the nodes of instances elsewhere for them, before they are dialled: what sleeps there wakes, and what is awake is in use. An instance that may
 * sleep is dialled only for as long as its node's word holds: a request whose body was read by a connection that nobody took is lost.
 */
import { request } from 'node:http'
import { CALL_PORT } from '../drivers/network.ts'
import { CALL_PATH } from './call-server.ts'

export interface Away { node_id: string; address: string }

export interface ElsewhereOptions {
  /** Of a node in the mesh; null: it is none of it, or does not answer. */
  nodeAddress: (nodeId: string) => string | null
  /** Others may be dialled than before. */
  changed: () => void
  ask?: (node: string, address: string) => Promise<Answer>
  nowMs?: () => number
}

/**
 * `silent`: the machine is there and its agent is not, so nobody there puts anything to sleep either: what ran goes on, and may be dialled.
 * `gone`: not even the machine answers.
 */
export type Answer = 'awake' | 'on its way' | 'silent' | 'gone'

/** The node holds the answer for four seconds, and our edge's resolver waits for ours no more than five. */
const ANSWER_MS = 4_500
const CONNECT_MS = 1_000
/** No app sleeps within a minute of being asked for. */
const HOLDS_MS: Record<Answer, number> = { 'awake': 30_000, 'on its way': 1_000, 'silent': 1_000, 'gone': 1_000 }
/** Whoever is in use is asked for this often. */
const AGAIN_MS = 5_000

interface Known { answer: Answer; atMs: number; end: NodeJS.Timeout }

export class Elsewhere {
  readonly #options: ElsewhereOptions
  readonly #open = new Map<string, Promise<Answer>>()
  readonly #answers = new Map<string, Known>()

  constructor(options: ElsewhereOptions) {
    this.#options = options
  }

  /** Returns when one of them is awake, or none of them can be waited for any more. Never rejects. */
  async call(wanted: readonly Away[]): Promise<void> {
    await Promise.any(wanted.map(async (one) => {
      if (await this.#call(one) !== 'awake') throw new Error('not awake')
    })).catch(() => {})
  }

  /** By what its node said last. */
  mayDial(address: string): boolean {
    const known = this.#known(address, HOLDS_MS)
    return known === 'awake' || known === 'silent'
  }

  #known(address: string, limits: Record<Answer, number>): Answer | null {
    const known = this.#answers.get(address)
    return known && this.#now() - known.atMs < limits[known.answer] ? known.answer : null
  }

  async #call(one: Away): Promise<Answer> {
    const known = this.#known(one.address, { ...HOLDS_MS, 'awake': AGAIN_MS, 'on its way': 0 })
    if (known) return known
    const open = this.#open.get(one.address) ?? this.#ask(one).finally(() => this.#open.delete(one.address))
    this.#open.set(one.address, open)
    return open
  }

  async #ask({ node_id: nodeId, address }: Away): Promise<Answer> {
    const node = this.#options.nodeAddress(nodeId)
    const answer = node === null ? 'gone' : await (this.#options.ask ?? ask)(node, address).catch((): Answer => 'gone')
    const before = this.mayDial(address)
    clearTimeout(this.#answers.get(address)?.end)
    const end = setTimeout(() => this.#forget(address), HOLDS_MS[answer]).unref()
    this.#answers.set(address, { answer, atMs: this.#now(), end })
    if (this.mayDial(address) !== before) this.#options.changed()
    return answer
  }

  #forget(address: string): void {
    this.#answers.delete(address)
    this.#options.changed()
  }

  #now(): number {
    return (this.#options.nowMs ?? (() => performance.now()))()
  }
}

const ask = (node: string, address: string): Promise<Answer> => new Promise((resolve) => {
  const call = request({ host: node, port: CALL_PORT, path: `${CALL_PATH}${address}`, agent: false, timeout: ANSWER_MS }, (answer) => {
    answer.resume()
    resolve(answer.statusCode === 204 ? 'awake' : answer.statusCode === 503 ? 'on its way' : 'silent')
  })
  let there = false
  // An answer that came while this process was busy is heard first.
  const limit = setTimeout(() => setImmediate(() => { if (!there) call.destroy(new Error('no connection')) }), CONNECT_MS)
  call.on('socket', (socket) => socket.once('connect', () => { there = true })).on('close', () => clearTimeout(limit))
  call.on('timeout', () => call.destroy(new Error('no answer')))
  call.on('error', (error: NodeJS.ErrnoException) => resolve(there || error.code === 'ECONNREFUSED' ? 'silent' : 'gone')).end()
})
