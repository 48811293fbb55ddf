/** Asks the nodes of instances elsewhere for them, before they are dialled: what sleeps there wakes, and what is awake is in use. */
import { request } from 'node:http'
import { CALL_PORT } from '../drivers/network.ts'
import { CALL_PATH } from './call-server.ts'

export interface Away { node_id: string; address: string }

export interface ElsewhereOptions {
  /** Of a node in the mesh; null: it is none of it, or does not answer. */
  nodeAddress: (nodeId: string) => string | null
  ask?: (node: string, address: string) => Promise<Answer>
  nowMs?: () => number
}

/** `silent`: nobody there said anything. */
export type Answer = 'awake' | 'on its way' | 'silent'

/** The node holds the answer for four seconds. */
const ANSWER_MS = 5_000
/** An app sleeps after a minute at the soonest: whoever was just asked for is awake. */
const KEEP_MS: Record<Answer, number> = { 'awake': 5_000, 'on its way': 1_000, 'silent': 1_000 }

export class Elsewhere {
  readonly #options: ElsewhereOptions
  readonly #open = new Map<string, Promise<Answer>>()
  readonly #answers = new Map<string, { answer: Answer; untilMs: number }>()

  constructor(options: ElsewhereOptions) {
    this.#options = options
  }

  /** Returns when one of them is awake, or none of them can be waited for any more. Never rejects. */
  async call(wanted: readonly Away[]): Promise<void> {
    await Promise.any(wanted.map(async (one) => {
      if (await this.#call(one) !== 'awake') throw new Error('not awake')
    })).catch(() => {})
  }

  /** It was asked for a moment ago and is still on its way: no connection to it is worth a try yet. */
  isOnItsWay(address: string): boolean {
    return this.#known(address) === 'on its way'
  }

  #known(address: string): Answer | null {
    const known = this.#answers.get(address)
    return known && known.untilMs > this.#now() ? known.answer : null
  }

  async #call(one: Away): Promise<Answer> {
    const known = this.#known(one.address)
    if (known === 'awake' || known === 'silent') return known
    const open = this.#open.get(one.address) ?? this.#ask(one).finally(() => this.#open.delete(one.address))
    this.#open.set(one.address, open)
    return open
  }

  async #ask({ node_id: nodeId, address }: Away): Promise<Answer> {
    const node = this.#options.nodeAddress(nodeId)
    const answer = node === null ? 'silent' : await (this.#options.ask ?? ask)(node, address).catch((): Answer => 'silent')
    this.#forget()
    this.#answers.set(address, { answer, untilMs: this.#now() + KEEP_MS[answer] })
    return answer
  }

  #forget(): void {
    const now = this.#now()
    for (const [address, { untilMs }] of this.#answers) if (untilMs <= now) this.#answers.delete(address)
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
  call.on('timeout', () => call.destroy(new Error('no answer'))).on('error', () => resolve('silent')).end()
})
