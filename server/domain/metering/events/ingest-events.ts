import { z } from 'zod'
import type { OrgContext } from '../../../core/context.ts'
import { DomainError, fromZod, ruleViolated } from '../../../core/error.ts'
import { command } from '../../../core/operation.ts'
import type { FieldProblem } from '../../../contract/problem.ts'
import { MAX_USAGE_BATCH, UsageBatchReply, UsageEventInput, UsageEventReply, UsageEventsInput } from '../../../contract/usage.ts'
import { addEvents, keyOf, lockForAdding, markChanged, readHashes, readState } from './event-rows.ts'
import { judgeEvent, type JudgedEvent } from './judge-event.ts'
import { ensurePartitions } from './partitions.ts'

/** What became of one event of a batch. */
type Outcome = { status: 'accepted' } | { status: 'duplicate' } | { status: 'rejected'; faults: FieldProblem[]; conflict?: true }

const rejected = (faults: FieldProblem[]): Outcome => ({ status: 'rejected', faults })
const REUSED: Outcome = {
  status: 'rejected', conflict: true, faults: [{ pointer: '/id', code: 'usage_event_reused', message: 'This id and source stood for another event. Nothing was counted.' }],
}

/** Judges events one by one and counts those that are right, all in the caller's transaction. */
const ingest = async ({ db, orgId, now }: OrgContext, events: readonly UsageEventInput[]): Promise<Outcome[]> => {
  await lockForAdding(db, orgId)
  const state = await readState(db, orgId, [...new Set(events.map((e) => e.type))], [...new Set(events.flatMap((e) => e.subject ?? []))])
  const judged = events.map((event) => judgeEvent(event, { ...state, now }))
  const fit = new Map<string, JudgedEvent>()
  for (const one of judged) if (!Array.isArray(one) && !fit.has(keyOf(one))) fit.set(keyOf(one), one)
  if (fit.size === 0) return judged.map((one) => rejected(Array.isArray(one) ? one : []))
  await ensurePartitions([...fit.values()].map((e) => e.at))
  const added = await addEvents(db, orgId, state.timezone, now, [...fit.values()])
  const known = [...fit].filter(([key]) => !added.has(key)).map(([, event]) => event)
  const hashes = known.length > 0 ? await readHashes(db, orgId, known) : new Map<string, string>()
  const { billedTo } = state
  const late = billedTo === null ? [] : [...fit].flatMap(([key, event]) => (added.has(key) && event.at < billedTo ? [event.at] : []))
  if (late.length > 0) await markChanged(db, orgId, late)
  return judged.map((one) => (Array.isArray(one) ? rejected(one) : outcomeOf(one, { added, fit, hashes })))
}

/** The first of its key in the batch was counted, or it was there before: then what it says is compared. */
const outcomeOf = (event: JudgedEvent, { added, fit, hashes }: { added: Set<string>; fit: Map<string, JudgedEvent>; hashes: Map<string, string> }): Outcome => {
  const key = keyOf(event)
  const first = fit.get(key)
  if (first === event && added.has(key)) return { status: 'accepted' }
  const said = added.has(key) ? first?.hash : hashes.get(key)
  return said === event.hash ? { status: 'duplicate' } : REUSED
}

const ingestOne = async (ctx: OrgContext, raw: unknown): Promise<z.input<typeof UsageEventReply>> => {
  const parsed = UsageEventInput.safeParse(raw)
  if (!parsed.success) throw fromZod(parsed.error)
  const { id, source } = parsed.data
  const [outcome] = await ingest(ctx, [parsed.data])
  if (outcome?.status !== 'rejected') return { id, source, status: outcome?.status ?? 'duplicate' }
  throw new DomainError(outcome.conflict ? 'usage_event_reused' : 'rule_violated', outcome.faults.map((f) => f.message).join(' '), { errors: outcome.faults })
}

const ingestBatch = async (ctx: OrgContext, raw: readonly unknown[]): Promise<z.input<typeof UsageBatchReply>> => {
  if (raw.length === 0 || raw.length > MAX_USAGE_BATCH) throw ruleViolated('/events', 'batch_size', `Send 1 to ${MAX_USAGE_BATCH} events at once.`)
  const parsed = raw.map((event) => UsageEventInput.safeParse(event))
  const outcomes = await ingest(ctx, parsed.flatMap((p) => (p.success ? [p.data] : []))).then((judged) => judged[Symbol.iterator]())
  const all = parsed.map((p): Outcome => (p.success ? outcomes.next().value ?? rejected([]) : rejected(fromZod(p.error).errors)))
  return {
    accepted: all.filter((o) => o.status === 'accepted').length, duplicates: all.filter((o) => o.status === 'duplicate').length,
    rejected: all.flatMap((outcome, index) => {
      if (outcome.status !== 'rejected') return []
      const [first] = outcome.faults
      return [{ index, code: first?.code ?? 'invalid', pointer: first?.pointer ?? '', message: first?.message ?? 'The event is not valid.' }]
    }),
  }
}

/** Loose: an event is judged on its own, so that one at fault does not refuse a batch. */
const AnyEvents = z.looseObject({}).meta(z.toJSONSchema(UsageEventsInput, { io: 'input' }))

export const ingestUsageEvents = command({
  name: 'usage.ingest',
  summary: 'Count usage events of custom meters: one CloudEvent, or up to 100 judged one by one',
  scope: 'org',
  permission: 'usage:write',
  quiet: 'events are kept as they were sent; the audit log would be a second copy of all of them',
  input: AnyEvents,
  output: z.union([UsageBatchReply, UsageEventReply]),
  rest: {
    method: 'POST', path: '/usage/events', tag: 'Usage', list: 'events', alsoTypes: { 'application/cloudevents+json': 'object', 'application/cloudevents-batch+json': 'list' },
    other: { status: 201, description: 'One new event was counted', when: (output: z.output<typeof UsageEventReply>) => output.status === 'accepted' },
  },
  run: (ctx, body) => {
    if (!('events' in body)) return ingestOne(ctx, body)
    const { events, ...others } = body
    const extra = Object.keys(others).map((name) => ({ pointer: `/${name}`, code: 'unknown_field', message: 'Send one event, or events, not both.' }))
    if (extra.length > 0) throw new DomainError('invalid_request', 'Send one event, or events, not both.', { errors: extra })
    if (!Array.isArray(events)) throw new DomainError('invalid_request', 'events must be a list.', { errors: [{ pointer: '/events', code: 'invalid_type', message: 'Must be a list.' }] })
    return ingestBatch(ctx, events)
  },
})
