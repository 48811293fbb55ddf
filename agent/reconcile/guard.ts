/** Decides whether a desired list may be applied: a restored database or a truncated answer must never stop what runs. */
import type { DesiredList, DesiredObject, ObjectKind } from '../../server/contract/node-api/v1.ts'

export const EPOCH_CONFIRM_MS = 10_000
const SHRINK_LIMIT = 0.5
const SHRINK_MINIMUM = 4

export interface GuardState {
  epoch: string | null
  index: number
  /** A new epoch is trusted only after a second complete list. */
  candidate: { epoch: string; firstSeenMs: number } | null
}

export interface KnownObject { kind: ObjectKind; id: string; unlisted: boolean; tombstone: boolean }

export type Verdict =
  | { kind: 'apply'; state: GuardState; missing: KnownObject[] }
  | { kind: 'confirm_epoch'; state: GuardState; retryInMs: number }
  | { kind: 'suspicious'; state: GuardState; missing: number; known: number }

export function judge(state: GuardState, known: readonly KnownObject[], reply: DesiredList, nowMs: number): Verdict {
  if (state.epoch !== null && (reply.epoch !== state.epoch || reply.index < state.index)) {
    const candidate = state.candidate?.epoch === reply.epoch ? state.candidate : { epoch: reply.epoch, firstSeenMs: nowMs }
    const waited = nowMs - candidate.firstSeenMs
    if (waited < EPOCH_CONFIRM_MS) return { kind: 'confirm_epoch', state: { ...state, candidate }, retryInMs: EPOCH_CONFIRM_MS - waited }
  }
  const listed = new Set(reply.objects.map(keyOf))
  const live = known.filter((object) => !object.unlisted && !object.tombstone)
  const missing = live.filter((object) => !listed.has(keyOf(object)))
  if (live.length >= SHRINK_MINIMUM && missing.length > live.length * SHRINK_LIMIT) {
    return { kind: 'suspicious', state, missing: missing.length, known: live.length }
  }
  return { kind: 'apply', state: { epoch: reply.epoch, index: reply.index, candidate: null }, missing }
}

export const keyOf = (object: Pick<DesiredObject, 'kind' | 'id'>): string => `${object.kind}:${object.id}`
