/**
 * Upgrade in place. The new release is fetched and tried beside the one that runs; then a link says what starts next, and this process ends.
 * The release on trial is kept when the portal answered it; `launch.sh` goes back to the one before if that does not come in time.
 */
import type { AgentOffer, UpgradeReport } from '../../server/contract/node-api/upgrade.ts'
import { errorText, type Logger } from '../runtime/log.ts'
import { releaseName, type Releases } from './layout.ts'

export interface Running { name: string; onTrial: boolean }

export interface UpgraderDeps {
  releases: Releases
  running: Running
  /** Brings a release onto the machine, whole and checked. */
  fetch: (offer: AgentOffer, signal: AbortSignal) => Promise<void>
  /** Lets the new release look at a copy of what it will find. Rejects with the reason. */
  selftest: (name: string, signal: AbortSignal) => Promise<void>
  /** Ends this process in order; whoever keeps it starts the next. */
  restart: () => void
  /** Something new to tell. */
  changed: () => void
  log: Logger
  trialMs?: number
}

const TRIAL_MS = 120_000
const DETAIL_LIMIT = 500

export class Upgrader {
  readonly #deps: UpgraderDeps
  readonly #stop = new AbortController()
  #onTrial: boolean
  #report: UpgradeReport | null = null
  #order: string | null = null
  #timer: NodeJS.Timeout | null = null

  constructor(deps: UpgraderDeps) {
    this.#deps = deps
    this.#onTrial = deps.running.onTrial
  }

  start(): void {
    if (this.#onTrial) this.#timer = setTimeout(() => this.#giveUp(), this.#deps.trialMs ?? TRIAL_MS)
  }

  stop(): void {
    this.#stop.abort()
    if (this.#timer) clearTimeout(this.#timer)
  }

  report(): UpgradeReport | null {
    return this.#report
  }

  /** The portal answered a question about the desired state; without an offer when there is nothing new. */
  heard(answer: { agent?: AgentOffer | undefined } | null): void {
    if (this.#onTrial) this.#keep()
    if (answer === null) return
    const offer = answer.agent
    if (!offer) this.#withdrawn()
    else if (offer.order !== this.#order) this.#consider(offer)
  }

  #keep(): void {
    const { releases, running, log } = this.#deps
    releases.keep(running.name)
    this.#onTrial = false
    if (this.#timer) clearTimeout(this.#timer)
    log.info('the portal answered; this release stays', { release: running.name })
  }

  #giveUp(): void {
    const { releases, running, restart, log } = this.#deps
    log.error('the portal did not answer this release; the one before runs again', { release: running.name })
    releases.giveUp(running.name, 'The portal did not answer it in time.')
    restart()
  }

  #withdrawn(): void {
    this.#order = null
    if (this.#report === null) return
    this.#report = null
    this.#deps.changed()
  }

  /** What was given up is tried again only by another order: the same one is how this process learned of its own failure. */
  #consider(offer: AgentOffer): void {
    const { releases, running } = this.#deps
    this.#order = offer.order
    const name = releaseName(offer.manifest)
    if (name === running.name) return this.#tell('done', null)
    const failure = releases.failureOf(name, offer.order)
    if (failure !== null) return this.#tell('rolled_back', failure)
    void this.#bring(offer, name)
  }

  async #bring(offer: AgentOffer, name: string): Promise<void> {
    const { releases, fetch, selftest, restart, log } = this.#deps
    const { signal } = this.#stop
    const current = (): boolean => this.#order === offer.order && !signal.aborted
    try {
      releases.prune(new Set([this.#deps.running.name, releases.named('current') ?? '', name]))
      this.#tell('fetching', null)
      await fetch(offer, signal)
      if (!current()) return
      this.#tell('testing', null)
      await selftest(name, signal)
      if (!current()) return
      this.#tell('restarting', null)
      releases.try(name, offer.order)
      log.info('the new release starts', { release: name, version: offer.version })
      restart()
    } catch (error) {
      if (!current()) return
      log.error('the new release was not started', { release: name, error: errorText(error) })
      this.#tell('failed', errorText(error))
    }
  }

  #tell(state: UpgradeReport['state'], detail: string | null): void {
    if (this.#order === null) return
    this.#report = { order: this.#order, state, detail: detail?.slice(0, DETAIL_LIMIT) ?? null }
    this.#deps.changed()
  }
}
