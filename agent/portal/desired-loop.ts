/** The long poll: one outstanding question, "what should I run?", and rules for every way the answer can be wrong. */
import { DesiredReply, type DesiredChanges, type DesiredList, type ObjectKind } from '../../server/contract/node-api/v1.ts'
import { judge, type GuardState, type KnownObject } from '../reconcile/guard.ts'
import { fullJitterMs, sleep } from '../runtime/backoff.ts'
import type { Clock } from '../runtime/clock.ts'
import { errorText, type Logger } from '../runtime/log.ts'
import type { DesiredChange } from '../state/desired-table.ts'
import { PortalError, type PortalClient } from './client.ts'
import { mergeChanges, mergeDesired } from './merge.ts'
import { paced, paceFrom, type PaceRule } from './pace.ts'
import type { PortalSession } from './session.ts'

export interface DesiredStore {
  guard(): GuardState
  saveGuard(state: GuardState): void
  known(): KnownObject[]
  tombstones(): KnownObject[]
  /** What is listed, in numbers. */
  held(): DesiredChanges['held']
  applyDesired(change: DesiredChange): void
  generationOf(kind: ObjectKind, id: string): number | null
  sameSpec(object: DesiredReply['objects'][number]): boolean
}

export interface DesiredLoopDeps {
  client: Pick<PortalClient, 'get'>
  session: Pick<PortalSession, 'ready' | 'refused'>
  store: DesiredStore
  clock: Pick<Clock, 'monotonicMs'>
  log: Logger
  onApplied: () => void
  onSuspicious: (message: string | null) => void
  /** The portal answered, with a list or that there is nothing new (null). */
  onAnswer?: (answer: DesiredReply | null) => void
}

/** What is deployed comes in two or three changes: those are not waited for. */
const PACE: PaceRule = { burst: 3, everyMs: 100 }
/** Changes add up to the list; should they once not, it is not for long. */
const COMPLETE_EVERY_MS = 3_600_000

export class DesiredLoop {
  readonly #deps: DesiredLoopDeps
  readonly #stop = new AbortController()
  /** Ask for everything at once: first poll of a run, new epoch, or a list we would not take. */
  #fresh = true
  #completeMs = 0
  #pace = paceFrom()

  constructor(deps: DesiredLoopDeps) {
    this.#deps = deps
  }

  stop(): void {
    this.#stop.abort()
  }

  async run(): Promise<void> {
    let attempt = 0
    while (!this.#stop.signal.aborted) {
      const session = await this.#deps.session.ready()
      if (this.#stop.signal.aborted) return
      try {
        const pauseMs = await this.#poll(session.pollWaitS)
        attempt = 0
        await sleep(pauseMs, this.#stop.signal)
      } catch (error) {
        if (this.#stop.signal.aborted) return
        const floor = error instanceof PortalError ? this.#deps.session.refused(error) : 0
        this.#deps.log.warn('the desired state could not be read', { error: errorText(error) })
        await sleep(Math.max(floor, fullJitterMs(attempt, { baseMs: 1_000, maxMs: 30_000 })), this.#stop.signal)
        attempt += 1
      }
    }
  }

  async #poll(waitS: number): Promise<number> {
    const { client, store, clock } = this.#deps
    const guard = store.guard()
    if (clock.monotonicMs() - this.#completeMs > COMPLETE_EVERY_MS) this.#fresh = true
    const index = this.#fresh ? 0 : guard.index
    const headers = this.#fresh || guard.epoch === null ? {} : { 'if-none-match': `"${guard.epoch}:${guard.index}"` }
    const timeoutMs = (waitS + waitS / 16 + 10) * 1000
    const answer = await client.get(`/node/v1/desired?index=${index}&wait=${waitS}s&changes=1`, DesiredReply, { headers, timeoutMs, signal: this.#stop.signal })
    if (!answer) {
      this.#deps.onAnswer?.(null)
      return this.#keepPace()
    }
    const etag = answer.headers.etag
    if (etag !== undefined && etag.replace(/^W\//, '') !== `"${answer.value.epoch}:${answer.value.index}"`) {
      throw new PortalError(null, 'The list does not carry the index it was tagged with.')
    }
    this.#deps.onAnswer?.(answer.value)
    return answer.value.complete ? this.#take(answer.value) : this.#takeChanges(answer.value)
  }

  #keepPace(): number {
    const { pace, pauseMs } = paced(this.#pace, PACE, this.#deps.clock.monotonicMs())
    this.#pace = pace
    return pauseMs
  }

  /** Only onto what they were counted from; and what we hold then must be what the portal says, else everything is asked for. */
  #takeChanges(reply: DesiredChanges): number {
    const { store, clock, log, onApplied, onSuspicious } = this.#deps
    const before = store.guard()
    if (this.#fresh || reply.epoch !== before.epoch || reply.since !== before.index || reply.index < reply.since) {
      this.#fresh = true
      throw new PortalError(null, 'The changes do not follow on what this node has.')
    }
    onSuspicious(null)
    const guard = { epoch: reply.epoch, index: reply.index, candidate: null }
    store.applyDesired({ ...mergeChanges(reply, store.tombstones(), store), guard, nowMs: clock.monotonicMs() })
    const held = store.held()
    this.#fresh = held.objects !== reply.held.objects || held.generations !== reply.held.generations
    if (this.#fresh) log.warn('the changes did not lead to what the portal has; the whole list is read', { has: held.objects, portal_has: reply.held.objects })
    log.info('desired changes applied', { epoch: reply.epoch, index: reply.index, objects: reply.objects.length })
    onApplied()
    return this.#keepPace()
  }

  #take(reply: DesiredList): number {
    const { store, clock, log, onApplied, onSuspicious } = this.#deps
    const nowMs = clock.monotonicMs()
    const known = store.known()
    const verdict = judge(store.guard(), known, reply, nowMs)
    if (verdict.kind === 'confirm_epoch') {
      store.saveGuard(verdict.state)
      this.#fresh = true
      log.warn('the portal speaks of a new epoch; its list is applied once confirmed', { epoch: reply.epoch })
      return verdict.retryInMs + 10
    }
    if (verdict.kind === 'suspicious') {
      this.#fresh = true
      const message = `The portal's list lacks ${verdict.missing} of ${verdict.known} objects without saying that they were deleted. Nothing was stopped.`
      log.error(message)
      onSuspicious(message)
      return 30_000
    }
    onSuspicious(null)
    store.applyDesired({ ...mergeDesired(reply, known, verdict.missing, store), guard: verdict.state, nowMs })
    this.#fresh = false
    this.#completeMs = nowMs
    log.info('desired state applied', { epoch: reply.epoch, index: reply.index, objects: reply.objects.length })
    onApplied()
    return this.#keepPace()
  }
}
