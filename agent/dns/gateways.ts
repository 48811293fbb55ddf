/** Keeps one DNS server per organization's gateway address, and none where no network is left. */
import { errorText, type Logger } from '../runtime/log.ts'
import { startDnsServer, type DnsGate, type DnsServer } from './server.ts'
import type { Lookup } from './zone.ts'

export const INTERNAL_SUFFIX = 'internal'

export interface GatewayDnsDeps {
  gateways: () => { networkId: string; address: string }[]
  lookupFor: (networkId: string) => Lookup
  /** Waited for before an address of that network is told. */
  holdFor: (networkId: string) => (name: string) => Promise<void>
  resolver: string | null
  gate: DnsGate
  log: Logger
}

export class GatewayDns {
  readonly #deps: GatewayDnsDeps
  readonly #servers = new Map<string, DnsServer>()
  #turn: Promise<void> = Promise.resolve()

  constructor(deps: GatewayDnsDeps) {
    this.#deps = deps
  }

  /** Safe to call at any time and any number of times. */
  sync(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#sync())
    return this.#turn
  }

  async close(): Promise<void> {
    await this.#turn
    await Promise.all([...this.#servers.values()].map((server) => server.close()))
    this.#servers.clear()
  }

  async #sync(): Promise<void> {
    const wanted = new Map(this.#deps.gateways().map((gateway) => [gateway.address, gateway.networkId]))
    for (const [address, server] of this.#servers) {
      if (wanted.has(address)) continue
      this.#servers.delete(address)
      await server.close()
    }
    for (const [address, networkId] of wanted) {
      if (this.#servers.has(address)) continue
      const { lookupFor, holdFor, resolver, gate, log } = this.#deps
      try {
        const server = { address, port: 53, lookup: lookupFor(networkId), hold: holdFor(networkId), ownSuffix: INTERNAL_SUFFIX, resolver, gate }
        this.#servers.set(address, await startDnsServer(server))
      } catch (error) {
        log.error('the DNS server of a network could not start', { address, error: errorText(error) })
      }
    }
  }
}
