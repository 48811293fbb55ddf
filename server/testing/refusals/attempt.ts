import type { z } from 'zod'
import { composites, files, operations, sandboxComposites, sandboxOperations } from '../../compose.ts'
import type { CompositeOperation, FileOperation } from '../../core/composite.ts'
import { toProblem } from '../../core/error.ts'
import { randomText } from '../../core/id.ts'
import { call, type AnyOperation, type Operation } from '../../core/operation.ts'
import { metaFor } from '../actors.ts'
import type { Api } from '../api.ts'
import { exampleOf, idFieldOf, isId } from './examples.ts'
import type { Asker } from './askers.ts'

interface Openness { name: string; hidden?: boolean; sessionOnly?: boolean; unverified?: boolean; limitedTokens?: boolean; machines?: boolean }
export type Subject = (AnyOperation | CompositeOperation | FileOperation) & Openness
export const subjects: Subject[] = [...operations, ...sandboxOperations, ...composites, ...sandboxComposites, ...files] as Subject[]

interface Field { name: string; required: boolean }
export const fieldsOf = (op: Subject): Field[] => Object.entries(op.input.shape as Record<string, z.ZodType>)
  .map(([name, schema]) => ({ name, required: !schema.safeParse(undefined).success }))
/** Ids of things that belong to nobody, and whose names are public. */
const PUBLIC_IDS = new Set(['catalog_id'])
export const tenantIdsOf = (op: Subject): Field[] => fieldsOf(op).filter((f) => isId(f.name) && !PUBLIC_IDS.has(f.name))
export const isRead = (op: Subject): boolean =>
  op.kind === 'query' || op.kind === 'file' || (op.kind === 'composite' && op.rest?.method === 'GET')

export const inputFor = (op: Subject, ids: Record<string, string>): Record<string, unknown> =>
  Object.fromEntries(fieldsOf(op).filter((f) => f.required || isId(f.name)).map(({ name }) => {
    const value = isId(name) ? ids[idFieldOf(op.name, name)] : exampleOf(op.name, name)
    if (value === undefined || value === '') throw new Error(`${op.name}: server/testing/refusals has no example for ${name}`)
    return [name, value]
  }))

/** `body` is the whole answer without what differs between any two: what a stranger learns is compared by it. */
export interface Outcome { code: string; text: string; body: string }

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const comparable = (status: number, text: string): string => {
  try {
    const { request_id: _request, instance: _instance, ...rest } = JSON.parse(text) as Record<string, unknown>
    return JSON.stringify([status, rest])
  } catch { return JSON.stringify([status, text]) }
}

/** Over HTTP where the operation has a route, else called as tRPC does. */
export const attempt = (api: Api, op: Subject, who: Asker, ids: Record<string, string>, over: Record<string, unknown> = {}): Promise<Outcome> => {
  const input = { ...inputFor(op, ids), ...over }
  return op.rest ? overHttp(api, op, who, ids, input) : called(op, who, input)
}

const overHttp = async (api: Api, op: Subject, who: Asker, ids: Record<string, string>, input: Record<string, unknown>): Promise<Outcome> => {
  const { method = 'GET', path = '' } = op.rest ?? {}
  const used = new Set<string>()
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    used.add(name)
    return encodeURIComponent(textOf(input[name] ?? ids[idFieldOf(op.name, name)]))
  })
  const left = Object.entries(input).filter(([name]) => !used.has(name))
  const inQuery = method === 'GET' || method === 'DELETE'
  const search = inQuery && left.length > 0 ? `?${new URLSearchParams(left.map(([k, v]) => [k, textOf(v)]))}` : ''
  const question = await who.question()
  // Addresses of their own: unknown tokens are counted by address.
  const headers = { 'x-forwarded-for': randomAddress(), 'idempotency-key': randomText(12), ...question.headers }
  const answer = await api.ask(method, `/v1${url}${search}`, { ...question, headers, ...(inQuery ? {} : { body: Object.fromEntries(left) }) })
  if (answer.status >= 500) throw new Error(`${op.name} as ${who.name}: ${answer.text}`)
  return { code: answer.status < 400 ? 'ok' : String(answer.body.code), text: answer.text, body: comparable(answer.status, answer.text) }
}

export const randomAddress = (): string => `198.18.${Math.floor(Math.random() * 256)}.${Math.floor(Math.random() * 256)}`

const called = async (op: Subject, who: Asker, input: Record<string, unknown>): Promise<Outcome> => {
  const refused = (error: unknown): Outcome => {
    const problem = toProblem(error, 'req_test')
    if (problem.code === 'internal') throw error
    const text = JSON.stringify(problem)
    return { code: problem.code, text, body: comparable(problem.status, text) }
  }
  try {
    const meta = metaFor(await who.actor(), who.brand, { ip: randomAddress() })
    const output = 'handle' in op ? await op.handle(meta, input) : await call(op as unknown as Operation, meta, input)
    const text = JSON.stringify(output)
    return { code: 'ok', text, body: comparable(200, text) }
  } catch (error) {
    return refused(error)
  }
}
