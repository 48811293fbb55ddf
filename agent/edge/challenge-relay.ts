/**
 * The question of a certificate authority reaches one edge of several, perhaps not the one that ordered: that one is found by asking all. Caddy
 * itself has answered before, where the order was its own.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { request } from 'node:http'

export const CHALLENGE_PATH = '/.well-known/acme-challenge/'
/** Who asks for another edge; what carries it goes no further. */
export const RELAYED = 'shellwego-relayed'

export interface RelayOptions {
  /** Addresses of other nodes in the mesh. */
  peers: () => readonly string[]
  /** Where edges listen for plain HTTP. */
  port: number
  isKnown: (host: string) => boolean
}

const TOKEN = /^[A-Za-z0-9_-]{16,128}$/
const ANSWER = /^[A-Za-z0-9_.-]{16,512}$/
/** Strangers may ask, too: nodes are not to be kept busy by them. */
const QUESTIONS_AT_ONCE = 8
const PEERS_AT_ONCE = 50
const ANSWER_MS = 2_000

export class ChallengeRelay {
  readonly #options: RelayOptions
  #open = 0

  constructor(options: RelayOptions) {
    this.#options = options
  }

  /** What no edge knows goes where everything of plain HTTP goes: an app may prove its name by itself. */
  async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const host = (incoming.headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
    const path = incoming.url ?? ''
    const proof = TOKEN.test(path.slice(CHALLENGE_PATH.length)) && this.#options.isKnown(host) ? await this.#find(host, path) : null
    if (proof !== null) response.writeHead(200, { 'content-type': 'text/plain' }).end(proof)
    else response.writeHead(308, { location: `https://${host}${path}` }).end()
  }

  async #find(host: string, path: string): Promise<string | null> {
    if (this.#open >= QUESTIONS_AT_ONCE) return null
    this.#open += 1
    try {
      const peers = this.#options.peers()
      for (let at = 0; at < peers.length; at += PEERS_AT_ONCE) {
        const found = await Promise.any(peers.slice(at, at + PEERS_AT_ONCE).map((address) => this.#ask(address, host, path))).catch(() => null)
        if (found !== null) return found
      }
      return null
    } finally {
      this.#open -= 1
    }
  }

  #ask(address: string, host: string, path: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const call = request({ host: address, port: this.#options.port, path, headers: { host, [RELAYED]: '1' }, agent: false, timeout: ANSWER_MS }, (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (chunk: string) => { text = `${text}${chunk}`.slice(0, 600) })
          .on('end', () => (answer.statusCode === 200 && ANSWER.test(text) ? resolve(text) : reject(new Error('not known there'))))
      })
      call.on('timeout', () => call.destroy(new Error('no answer'))).on('error', reject).end()
    })
  }
}
