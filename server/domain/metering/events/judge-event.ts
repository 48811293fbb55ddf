import { createHash } from 'node:crypto'
import type { FieldProblem } from '../../../contract/problem.ts'
import type { Aggregation, UsageEventInput } from '../../../contract/usage.ts'

export interface EventMeter { key: string; aggregation: Aggregation; field: string | null; builtIn: boolean }

/** What an event is judged by. `now` is business time, which outside the sandbox is when it was received. */
export interface Known { meters: ReadonlyMap<string, EventMeter>; apps: ReadonlySet<string>; now: Date }

/** An event as it is stored. */
export interface JudgedEvent {
  source: string; event_id: string; hash: string; meter: string; subject: string; app_id: string; at: Date
  value: string | null; item: string | null; data: Record<string, unknown>
}

const DAY_MS = 86_400_000
const OLDEST_MS = 35 * DAY_MS
const NEWEST_MS = 5 * 60_000
const MAX_WHOLE_DIGITS = 15
const MAX_DECIMALS = 12
const MAX_DATA = 16_384
const MAX_ITEM = 255
const PLAIN_DECIMAL = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/
const APP_ID = /^app_[a-z0-9]{10,40}$/

const fault = (pointer: string, code: string, message: string): FieldProblem => ({ pointer, code, message })

const faultOfValue = (value: unknown): FieldProblem | null => {
  const at = '/data/value'
  if (value === undefined) return fault(at, 'required', 'Send data.value, a decimal string.')
  const [, sign, whole = '', decimals = ''] = (typeof value === 'string' ? PLAIN_DECIMAL.exec(value.slice(0, 512)) : null) ?? []
  if (sign === undefined) return fault(at, 'not_a_decimal', 'Send the value as a plain decimal string, such as "1.5".')
  if (sign === '-') return fault(at, 'negative', 'Usage is never below zero. To take something back, ask for an adjustment.')
  if (decimals.length > MAX_DECIMALS) return fault(at, 'too_fine', `At most ${MAX_DECIMALS} decimals.`)
  if (whole.length > MAX_WHOLE_DIGITS) return fault(at, 'too_large', `At most ${MAX_WHOLE_DIGITS} digits before the point.`)
  return null
}

const pointerTo = (field: string): string => `/data/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`

/** What is counted once: text, or a number or truth value in its JSON form. */
const itemOf = (value: unknown): string | null => {
  const text = typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? JSON.stringify(value) : ''
  return text.length > 0 && text.length <= MAX_ITEM ? text : null
}

const faultOfTime = (at: Date, now: Date): FieldProblem | null => {
  if (Number.isNaN(at.getTime())) return fault('/time', 'invalid_time', 'There is no such time.')
  if (now.getTime() - at.getTime() > OLDEST_MS) return fault('/time', 'too_old', 'Events are taken for 35 days after their time.')
  if (at.getTime() - now.getTime() > NEWEST_MS) return fault('/time', 'in_the_future', 'The time is more than 5 minutes ahead. Check the clock of the sender.')
  return null
}

const faultOfMeter = (meter: EventMeter | undefined, data: Record<string, unknown>): FieldProblem | null => {
  if (!meter) return fault('/type', 'unknown_meter', 'There is no meter with that key. Meters are made by the seller.')
  if (meter.builtIn) return fault('/type', 'reserved_meter', 'The platform measures this itself.')
  if (meter.aggregation === 'count') return null
  if (meter.aggregation !== 'unique') return faultOfValue(data.value)
  const field = meter.field ?? 'value'
  return itemOf(data[field]) === null ? fault(pointerTo(field), 'required', `Send data.${field}: text of at most ${MAX_ITEM} characters, or a number.`) : null
}

/** The same for any order of fields. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, canonical(inner)]))
}

/** Of what was said, not of how it was wrapped; without a time of its own an event says none, whenever it arrives. */
const hashOf = (event: UsageEventInput): string => {
  const said = [event.type, event.subject ?? null, event.time === undefined ? null : new Date(event.time).getTime(), canonical(event.data ?? {})]
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url')
}

/** All faults of an event that fits the schema, or what is to be stored. */
export const judgeEvent = (event: UsageEventInput, { meters, apps, now }: Known): JudgedEvent | FieldProblem[] => {
  const [at, data, subject] = [event.time === undefined ? now : new Date(event.time), event.data ?? {}, event.subject ?? '']
  const meter = meters.get(event.type)
  const faults = [
    faultOfMeter(meter, data), faultOfTime(at, now),
    APP_ID.test(subject) && !apps.has(subject) ? fault('/subject', 'unknown_app', 'There is no such app in this organization.') : null,
    JSON.stringify(data).length > MAX_DATA ? fault('/data', 'too_large', `data may hold at most ${MAX_DATA} characters.`) : null,
  ].filter((one) => one !== null)
  if (faults.length > 0 || !meter) return faults
  const measured = meter.aggregation !== 'count' && meter.aggregation !== 'unique'
  return {
    source: event.source, event_id: event.id, hash: hashOf(event), meter: meter.key, subject, app_id: apps.has(subject) ? subject : '', at,
    value: measured ? String(data.value) : null, item: meter.aggregation === 'unique' ? itemOf(data[meter.field ?? 'value']) : null, data,
  }
}
