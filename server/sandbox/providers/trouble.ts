/** What goes wrong between us and a provider before or after it did its work, as the knobs say. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Call, Reply } from './http.ts'
import type { Knobs } from './webhook-sender.ts'

/** The connection ends without an answer. */
export const NO_ANSWER = 'no answer'

const takeOne = (knobs: Knobs, name: 'loseAnswers' | 'errors' | 'resets'): boolean => {
  if (knobs[name] <= 0) return false
  knobs[name] -= 1
  return true
}

const FAULT: Reply = { status: 503, body: { error: { type: 'api_error', message: 'Sandbox outage' }, status: false, message: 'Sandbox outage' } }

/** Refused before anything happened, or carried out and then never answered: the caller cannot tell which. */
export const withTrouble = async (knobs: Knobs, call: Call, work: () => Promise<Reply>): Promise<Reply | typeof NO_ANSWER> => {
  if (knobs.latencyMs > 0) await sleep(knobs.latencyMs)
  if (knobs.outage === 'reset' || takeOne(knobs, 'resets')) return NO_ANSWER
  if (knobs.outage === 'errors' || takeOne(knobs, 'errors')) return FAULT
  const reply = await work()
  return call.method !== 'GET' && takeOne(knobs, 'loseAnswers') ? NO_ANSWER : reply
}
