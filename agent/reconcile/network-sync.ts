/** Hands the portal's rules to the network, and tries again until they are in force. */
import type { NetworkDriver, NetworkPolicy } from '../drivers/network.ts'
import { errorText, type Logger } from '../runtime/log.ts'

const RETRY_MS = 5_000
const TEND_MS = 10_000

export class NetworkSync {
  readonly #network: NetworkDriver
  readonly #policy: () => NetworkPolicy
  readonly #log: Logger
  #timer: NodeJS.Timeout | null = null
  readonly #tending: NodeJS.Timeout
  #known: NetworkPolicy | null = null
  #applied = ''
  #fault: string | null = null

  constructor(network: NetworkDriver, policy: () => NetworkPolicy, log: Logger) {
    this.#network = network
    this.#policy = policy
    this.#log = log
    this.#tending = setInterval(() => void network.tend().catch((error: unknown) => log.warn('the network could not be tended', { error: errorText(error) })), TEND_MS).unref()
  }

  /** The driver takes its turn at once: what is attached after this call begins under the new rules. */
  changed(): void {
    const policy = this.#policy()
    this.#known = policy
    const text = JSON.stringify(policy)
    if (text === this.#applied) return
    this.#applied = text
    this.#network.configure(policy).then(
      () => { this.#fault = null },
      (error: unknown) => {
        this.#applied = ''
        this.#fault = `The rules of the network are not in force: ${errorText(error)}`
        this.#log.error('the rules of the network could not be set', { error: errorText(error) })
        if (this.#timer) clearTimeout(this.#timer)
        this.#timer = setTimeout(() => this.changed(), RETRY_MS)
      },
    )
  }

  /** As last read; asked for with each question for a name. */
  policy(): NetworkPolicy {
    this.#known ??= this.#policy()
    return this.#known
  }

  fault(): string | null {
    return this.#fault ?? this.#network.fault()
  }

  stop(): void {
    clearInterval(this.#tending)
    if (this.#timer) clearTimeout(this.#timer)
  }
}
