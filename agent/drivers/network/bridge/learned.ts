/** Addresses that host names of rules had. Kept through swaps of the rules and, in the kernel's sets, through the agent's death. */
import { runCommand, tryCommand } from '../../command.ts'
import type { NamedAddress } from '../../network.ts'
import type { LearnedSets } from './egress.ts'
import { TABLE } from '../names.ts'

/** Programs keep addresses for longer than their lifetime says. */
const KEEP_S = { least: 600, most: 86_400 }
const ADDRESSES_PER_NAME = 1_000

interface ListedSet { set?: { name: string; elem?: { elem?: { val: string; expires?: number } }[] } }

export class LearnedAddresses {
  /** Set name, address, and until when (monotonic ms). */
  readonly #sets = new Map<string, Map<string, number>>()

  async readBack(): Promise<void> {
    const { code, stdout } = await tryCommand(['nft', '-j', 'list', 'table', 'inet', TABLE])
    if (code !== 0) return
    const { nftables = [] } = JSON.parse(stdout) as { nftables?: ListedSet[] }
    for (const { set } of nftables) {
      if (!set?.name.startsWith('named_')) continue
      for (const { elem } of set.elem ?? []) if (elem) this.#keep(set.name, elem.val, elem.expires ?? KEEP_S.least)
    }
  }

  left(): LearnedSets {
    const now = performance.now()
    for (const addresses of this.#sets.values()) for (const [address, until] of addresses) if (until <= now) addresses.delete(address)
    return new Map([...this.#sets].map(([name, addresses]) =>
      [name, new Map([...addresses].map(([address, until]) => [address, Math.max(1, Math.round((until - now) / 1000))]))]))
  }

  /** Sets that no rule names any more. */
  forget(inUse: ReadonlySet<string>): void {
    for (const name of this.#sets.keys()) if (!inUse.has(name)) this.#sets.delete(name)
  }

  /** Into the rules that are in force, before the answer is given to who asked. */
  async add(name: string, found: readonly NamedAddress[]): Promise<void> {
    const fresh = found.filter(({ address }) => this.#isStale(name, address))
    if (fresh.length === 0) return
    const lines: string[] = []
    for (const { address, ttlS } of fresh) {
      const seconds = this.#keep(name, address, ttlS)
      // An element's time is renewed by taking it out; the first line makes sure that it is there.
      lines.push(`add element inet ${TABLE} ${name} { ${address} }`, `delete element inet ${TABLE} ${name} { ${address} }`,
        `add element inet ${TABLE} ${name} { ${address} timeout ${seconds}s }`)
    }
    await runCommand(['nft', '-f', '-'], { input: `${lines.join('\n')}\n` })
  }

  #isStale(name: string, address: string): boolean {
    const known = this.#sets.get(name)
    const until = known?.get(address)
    if (until === undefined) return (known?.size ?? 0) < ADDRESSES_PER_NAME
    return until - performance.now() < (KEEP_S.least / 2) * 1000
  }

  #keep(name: string, address: string, ttlS: number): number {
    const seconds = Math.min(KEEP_S.most, Math.max(KEEP_S.least, Math.round(ttlS)))
    const addresses = this.#sets.get(name) ?? new Map<string, number>()
    this.#sets.set(name, addresses.set(address, performance.now() + seconds * 1000))
    return seconds
  }
}
