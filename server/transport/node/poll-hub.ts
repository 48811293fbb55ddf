import type { ServerResponse } from 'node:http'
import type { DesiredReply } from '../../contract/node-api/v1.ts'
import { runtime } from '../../core/runtime.ts'
import { readDesired, readIndexes, renewEpoch } from '../../domain/nodes/index.ts'
import type { PollQuestion } from './poll-question.ts'
import { sendFault, sendJson } from './reply.ts'

/** A lost wake-up costs at most this. */
const SWEEP_MS = 15_000
const TICK_MS = 500
/** Nodes read by one query. */
const BATCH = 250

interface Waiter {
  res: ServerResponse
  index: number
  epoch: string | null
  changes: boolean
  /** What the portal last read; goes into the headers of a 304. */
  seen: { epoch: string; index: number } | null
  deadlineMs: number
  off: () => void
}

/**
 * Agents waiting for news of their desired state, at most one poll per node. All reads go through one queue that takes what has gathered
 * while the last query ran: a thousand wake-ups cost a handful of queries, and a waiter costs its socket and one small object.
 */
export class PollHub {
  readonly #waiters = new Map<string, Waiter>()
  readonly #due = new Set<string>()
  #reading = false
  #sweptMs = 0
  #timer: NodeJS.Timeout | null = null

  get waiting(): number {
    return this.#waiters.size
  }

  ask(nodeId: string, question: PollQuestion, res: ServerResponse): void {
    this.#expire(nodeId)
    const waiter: Waiter = {
      res, index: question.index, epoch: question.epoch, changes: question.changes, seen: null, deadlineMs: Date.now() + question.waitMs,
      off: runtime().bus.on(`node:${nodeId}`, () => this.#read(nodeId)),
    }
    this.#waiters.set(nodeId, waiter)
    res.once('close', () => { if (this.#waiters.get(nodeId) === waiter) this.#forget(nodeId, waiter) })
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS).unref()
    this.#read(nodeId)
  }

  /** Ends every poll at once, for a graceful stop. */
  close(): void {
    for (const nodeId of [...this.#waiters.keys()]) this.#expire(nodeId)
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
  }

  #forget(nodeId: string, waiter: Waiter): void {
    waiter.off()
    this.#waiters.delete(nodeId)
    this.#due.delete(nodeId)
  }

  /** 304: nothing new in the time the agent gave us, or a newer poll took its place. */
  #expire(nodeId: string): void {
    const waiter = this.#waiters.get(nodeId)
    if (!waiter) return
    this.#forget(nodeId, waiter)
    const { res, seen } = waiter
    if (res.headersSent || res.destroyed) return
    res.writeHead(304, seen ? { 'x-epoch': seen.epoch, 'x-index': String(seen.index), etag: `"${seen.epoch}:${seen.index}"` } : {})
    res.end()
  }

  #tick(): void {
    const now = Date.now()
    for (const [nodeId, waiter] of this.#waiters) if (waiter.deadlineMs <= now) this.#expire(nodeId)
    if (now - this.#sweptMs < SWEEP_MS) return
    this.#sweptMs = now
    for (const nodeId of this.#waiters.keys()) this.#due.add(nodeId)
    this.#drain()
  }

  #read(nodeId: string): void {
    this.#due.add(nodeId)
    if (!this.#reading) setImmediate(() => this.#drain())
  }

  #drain(): void {
    if (this.#reading || this.#due.size === 0) return
    this.#reading = true
    const nodeIds = [...this.#due].slice(0, BATCH)
    for (const nodeId of nodeIds) this.#due.delete(nodeId)
    this.#answer(nodeIds)
      .catch((error: unknown) => this.#fail(nodeIds, error))
      .finally(() => {
        this.#reading = false
        if (this.#due.size > 0) setImmediate(() => this.#drain())
      })
  }

  async #answer(nodeIds: string[]): Promise<void> {
    // The restored list is older than what runs: nobody is told it before the operator has looked.
    if (runtime().recovery.active) return
    const news: Parameters<typeof readDesired>[0] = []
    for (const now of await readIndexes(nodeIds)) {
      const waiter = this.#waiters.get(now.id)
      if (!waiter) continue
      waiter.seen = now
      const sameEpoch = waiter.epoch === null || waiter.epoch === now.epoch
      const asksForAll = waiter.index === 0 && waiter.epoch === null
      if (waiter.index === now.index && sameEpoch && !asksForAll) continue
      if (waiter.epoch === now.epoch && waiter.index > now.index) {
        await runtime().databases.asSystem('node-api', (db) => renewEpoch(db, now.epoch))
      }
      const { changes, epoch, index } = waiter
      news.push({ nodeId: now.id, since: changes && epoch !== null ? { epoch, index } : null })
    }
    if (news.length === 0) return
    for (const [nodeId, list] of await readDesired(news)) this.#deliver(nodeId, list)
  }

  #deliver(nodeId: string, list: DesiredReply): void {
    const waiter = this.#waiters.get(nodeId)
    // A newer poll that has something else is answered in its turn.
    if (!waiter || (!list.complete && !(waiter.changes && waiter.epoch === list.epoch && waiter.index === list.since))) return
    this.#forget(nodeId, waiter)
    sendJson(waiter.res, 200, list, { etag: `"${list.epoch}:${list.index}"` })
  }

  /** Those who already know their index go on waiting for the next sweep; the others are told to come again. */
  #fail(nodeIds: string[], error: unknown): void {
    for (const nodeId of nodeIds) {
      const waiter = this.#waiters.get(nodeId)
      if (!waiter || waiter.seen) continue
      this.#forget(nodeId, waiter)
      sendFault(waiter.res, error)
    }
  }
}
