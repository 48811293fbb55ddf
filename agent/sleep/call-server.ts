/**
 * Other nodes ask here for instances that run or sleep here: that is use of them, and wakes them. Only for these: nothing is asked of a third node, so
 * no question goes round. Who may ask is the mesh's business: its rules let nobody but nodes through.
 */
import { createServer, type Server, type ServerResponse } from 'node:http'
import { CALL_PORT } from '../drivers/network.ts'

export interface CallServerOptions {
  /** Of this node in the mesh; null: there is none. */
  address: () => string | null
  /** True: it runs, or was woken. False: it is on its way. Null: it is not here, or cannot be waited for. */
  called: (address: string) => Promise<boolean | null>
  port?: number
  everyMs?: number
}

export const CALL_PATH = '/called/'
const STATUS = { here: 204, onItsWay: 503, elsewhere: 404 } as const
const EVERY_MS = 1_000
/** What cannot be listened at for long is tried each half minute. */
const SELDOM = 30

export class CallServer {
  readonly #options: CallServerOptions
  #server: Server | null = null
  #bound: string | null = null
  #timer: NodeJS.Timeout | null = null
  #failures = 0
  #skip = 0

  constructor(options: CallServerOptions) {
    this.#options = options
  }

  /** The interface comes and goes with the mesh: what cannot be listened at now can be a second later. */
  start(): void {
    this.follow()
    this.#timer = setInterval(() => {
      if (this.#skip > 0) this.#skip -= 1
      else this.follow()
    }, this.#options.everyMs ?? EVERY_MS).unref()
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
    this.#close()
  }

  follow(): void {
    const { address, port = CALL_PORT } = this.#options
    const wanted = address()
    if (wanted === this.#bound) return
    this.#close()
    if (wanted === null) return
    const server = createServer((request, response) => {
      request.resume()
      void this.#answer(request.url ?? '', response)
    })
    this.#bound = wanted
    this.#server = server
    server.requestTimeout = 5_000
    server.once('error', () => {
      this.#failures += 1
      this.#skip = Math.min(SELDOM, this.#failures >> 2)
      if (this.#server === server) this.#close()
    })
    server.listen(port, wanted, () => { this.#failures = 0 })
  }

  #close(): void {
    this.#server?.close()
    this.#server?.closeAllConnections()
    this.#server = null
    this.#bound = null
  }

  async #answer(path: string, response: ServerResponse): Promise<void> {
    const found = path.startsWith(CALL_PATH) ? await this.#options.called(path.slice(CALL_PATH.length)) : null
    response.writeHead(found === null ? STATUS.elsewhere : found ? STATUS.here : STATUS.onItsWay).end()
  }
}
