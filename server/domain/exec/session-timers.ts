import type { EndReason } from '../../contract/session-wire.ts'

/** Real time. A test may shorten them. */
export const SESSION_LIMITS = {
  /** Nothing typed and nothing printed. */
  idleMs: 30 * 60_000,
  totalMs: 4 * 3_600_000,
  /** How long somebody who lost the connection may come back; also from the ticket to the first connection. */
  returnMs: 60_000,
  /** How long the agent may be away. */
  lineMs: 30_000,
  firstLineMs: 5_000,
}

export interface SessionTimers {
  active(): void
  viewerGone(): void
  viewerHere(): void
  lineGone(ms: number): void
  lineHere(): void
  stop(): void
}

/** Ends a session that nobody uses, nobody looks at or no agent carries any more. */
export const sessionTimers = (end: (reason: EndReason) => void): SessionTimers => {
  const set = (reason: EndReason, ms: number): NodeJS.Timeout => setTimeout(() => end(reason), ms).unref()
  const idle = set('idle', SESSION_LIMITS.idleMs)
  const total = set('too_long', SESSION_LIMITS.totalMs)
  let [viewer, line]: (NodeJS.Timeout | undefined)[] = []
  return {
    active: () => { idle.refresh() },
    viewerGone: () => {
      clearTimeout(viewer)
      viewer = set('lost', SESSION_LIMITS.returnMs)
    },
    viewerHere: () => clearTimeout(viewer),
    lineGone: (ms) => {
      clearTimeout(line)
      line = set('node_unreachable', ms)
    },
    lineHere: () => clearTimeout(line),
    stop: () => { for (const timer of [idle, total, viewer, line]) clearTimeout(timer) },
  }
}
