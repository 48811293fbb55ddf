import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { composites, files, operations } from '../../compose.ts'
import type { Actor } from '../../core/context.ts'
import type { AnyOperation } from '../../core/operation.ts'
import { makeUser } from '../../testing/actors.ts'
import { tokenOf, withApi, type Answer } from '../../testing/api.ts'
import { makeEstate } from '../../testing/estate.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { exampleOf, schemaOf } from './openapi-schema.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_760, PORT: 21_761 })
const api = withApi()
const all = ([...operations, ...composites, ...files] as unknown as readonly AnyOperation[]).filter((o) => o.rest)
const RUNS = process.env.SHELLWEGO_FULL ? 150 : 8

let people: Record<string, Actor>
let ids: Record<string, string>
beforeAll(async () => {
  const { owner, ids: made } = await makeEstate()
  people = { org: owner.actor, user: owner.actor, staff: (await makeUser({ staff: true })).actor }
  ids = made
}, 60_000)

/** Written into the JSON as they are: no program of ours would write them. */
const RAW: Record<string, string> = {
  '@@huge': '9e999', '@@minus': '-9e999', '@@deep': `${'['.repeat(10_000)}${']'.repeat(10_000)}`, '@@deepobject': `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
  '@@many': `[${'0,'.repeat(1_000_000)}0]`, '@@half': '"\\ud800"', '@@2^63': '9223372036854775808', '@@long': '123456789012345678901234567890', '@@proto': '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}',
}
const texts = [
  '', ' ', '\u0000', '\u0007bell', 'a\u202eb', 'zero\u200bwidth', '\ufeffbom', 'аdmin', 'admin@ехample.com', 'a＠example.com', '"e@evil"@victim.com', 'a@x,b@y', 'ⓔxample.com', 'xn--80ak6aa92e.com', '１２３', 'İ', 'ß', 'ﬁ',
  '🧨'.repeat(50), '__proto__', 'constructor', 'toString', '../../etc/passwd', '\' OR 1=1 --', '$(id)', '`id`', '{{7*7}}', '%00', '<script>', 'a'.repeat(100_000), 'a'.repeat(40) + '!', '-'.repeat(30_000), 'a.'.repeat(20_000),
  `${'a-'.repeat(10_000)}!`, `a@${'a'.repeat(20_000)}`, ' '.repeat(50_000) + 'x', '0'.repeat(5_000) + 'x', '1.'.repeat(5_000), '2026-02-30', '0000-00-00T00:00:00Z', '+275760-09-13T00:00:00.001Z', '9999-12-31T23:59:59.999999999Z', 'null', 'true', '-0', '1e400', 'NaN',
]
const hostile = fc.oneof(
  fc.constantFrom<unknown>(...texts), fc.constantFrom<unknown>(...Object.keys(RAW)), fc.constantFrom<unknown>(null, true, -1, 0, 0.1, -0, 2 ** 31, 2 ** 53, 1e308, 5e-324, [], {}, [[]], [null], ['x'], { a: 1 }),
  fc.string({ maxLength: 60, unit: 'binary' }), fc.jsonValue({ maxDepth: 3 }),
)
const mutation = fc.record({ at: fc.nat(40), value: hostile, unknown: fc.constantFrom('', '', '', 'extra', 'toString', '__proto__'), drop: fc.boolean() })

/** All places of a value, as paths. */
const placesIn = (value: unknown, path: string[] = []): string[][] => (typeof value !== 'object' || value === null ? [path] : [path, ...Object.entries(value).flatMap(([k, v]) => placesIn(v, [...path, k]))])
const put = (value: unknown, path: readonly string[], next: unknown): unknown => {
  const [head, ...rest] = path
  if (head === undefined) return next
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string, unknown>
  copy[head] = put(copy[head], rest, next)
  return copy
}
const toRaw = (value: unknown): string => (JSON.stringify(value) ?? 'null').replaceAll(/"(@@[\w^]+)"/g, (whole, name: string) => RAW[name] ?? whole)

const LIMIT_MS = 200
const times: { ms: number; what: string; again(): Promise<Answer> }[] = []

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
/** What is held once everything that can go is gone. */
const heldMib = (): number => {
  collect()
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 2 ** 20
}
/** The best of three when nothing else of ours runs: a busy machine is no fault of the request. */
const quietMs = async (again: () => Promise<Answer>): Promise<number> => {
  let best = Infinity
  for (let i = 0; i < 3; i++) {
    const start = performance.now()
    await again()
    best = Math.min(best, performance.now() - start)
  }
  return best
}
const withQuery = (path: string, body: Record<string, unknown>): string => {
  const search = new URLSearchParams()
  const add = (name: string, value: unknown): void => {
    if (typeof value === 'object' && value !== null) for (const [k, v] of Object.entries(value).slice(0, 20)) add(`${name}[${k}]`, v)
    else if (value !== undefined) search.append(name, (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 2_000))
  }
  for (const [k, v] of Object.entries(body)) add(k, v)
  return search.size > 0 ? `${path}?${search}` : path
}

const send = async (op: AnyOperation, token: string | undefined, input: unknown): Promise<Answer> => {
  const fields = typeof input === 'object' && input !== null && !Array.isArray(input) ? input as Record<string, unknown> : {}
  const path = `/v1${op.rest?.path ?? ''}`.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(typeof fields[name] === 'string' && isWellFormed(fields[name]) ? fields[name].slice(0, 300) : ids[name] ?? 'x')) || 'x')
  const rest = Object.fromEntries(Object.entries(fields).filter(([name]) => !op.rest?.path.includes(`{${name}}`)))
  const inQuery = op.rest?.method === 'GET' || op.rest?.method === 'DELETE'
  const url = inQuery ? withQuery(path, rest) : path
  const headers = { 'if-match': '*', 'idempotency-key': `fuzz-${times.length}` }
  const raw = inQuery ? undefined : toRaw(fields === input ? rest : input)
  const again = () => api.ask(op.rest?.method ?? 'GET', url, { headers, ...(token ? { token } : {}), ...(raw === undefined ? {} : { raw }) })
  const start = performance.now()
  const answer = await again()
  times.push({ ms: performance.now() - start, again, what: `${op.name} ${raw?.slice(0, 60) ?? url.slice(0, 80)}` })
  return answer
}
const isWellFormed = (text: string): boolean => { try { encodeURIComponent(text); return true } catch { return false } }

/** They end what the others need. */
const ENDS = /^(apps\.delete|organizations\.(delete|transfer)|auth\.(sign_out_everywhere|revoke_other_sessions)|members\.(leave|remove)|sandbox\.|users\.create|auth\.create_token|auth\.request)/

describe('hostile input of every kind at every place of every operation', () => {
  let heldBefore = 0
  beforeAll(() => { heldBefore = heldMib() })

  test.each(all.filter((op) => !ENDS.test(op.name)).map((op) => [op.name, op] as const))('%s answers with no fault of its own', async (_name, op) => {
    const example = { ...(exampleOf(schemaOf(op.input, 'input')) as object), ...(op.scope === 'org' ? { organization_id: ids.organization_id } : {}) } as Record<string, unknown>
    for (const name of Object.keys(example)) if (ids[name]) example[name] = ids[name]
    const places = placesIn(example)
    await fc.assert(fc.asyncProperty(mutation, async ({ at, value, unknown, drop }) => {
      const place = places[at % places.length] ?? []
      const changed = put(example, place, drop && place.length > 0 ? undefined : value)
      const input = unknown === '' || typeof changed !== 'object' ? changed : { ...changed, ...(JSON.parse(`{${JSON.stringify(unknown)}:1}`) as object) }
      const answer = await send(op, op.scope === 'public' ? undefined : await tokenOf(people[op.scope] ?? { type: 'anonymous' }), input)
      const fault = answer.status >= 500 && !['provider_failed', 'identity_provider_failed', 'unavailable'].includes(String(answer.body.code))
      if (fault) throw new Error(`${answer.status} ${answer.text.slice(0, 300)} for ${toRaw(input).slice(0, 500)}`)
      if (answer.status >= 400) expect(answer.headers['content-type']).toBe('application/problem+json')
    }), { numRuns: RUNS, endOnFailure: true })
  }, 60_000)

  test('none took long, and nothing of them is held', async () => {
    const sorted = times.map((t) => t.ms).sort((a, b) => a - b)
    const slow = [...times].sort((a, b) => b.ms - a.ms).slice(0, 40)
    const quiet: { ms: number; what: string }[] = []
    for (const { again, what } of slow) quiet.push({ ms: await quietMs(again), what })
    quiet.sort((a, b) => b.ms - a.ms)
    const count = times.length
    times.length = 0
    slow.length = 0
    const grown = heldMib() - heldBefore
    process.stdout.write(`${count} hostile requests: median ${sorted[sorted.length >> 1]?.toFixed(1)} ms, p99 ${sorted[Math.floor(sorted.length * 0.99)]?.toFixed(0)} ms, slowest ${sorted.at(-1)?.toFixed(0)} ms; asked again alone ${quiet.slice(0, 5).map((t) => `${t.ms.toFixed(0)} ms ${t.what}`).join(' | ')}; held +${grown.toFixed(0)} MiB\n`)
    expect(count).toBeGreaterThan(500)
    expect(({} as { admin?: unknown }).admin).toBeUndefined()
    expect(quiet.filter((t) => t.ms >= LIMIT_MS)).toEqual([])
    expect(grown).toBeLessThan(64)
  }, 60_000)
})

/** The largest that is let in: below each limit of the body, and wrong throughout. */
const many = (n: number, one: string): string => `[${Array.from({ length: n }, () => one).join(',')}]`
const fields = (n: number): string => `{${Array.from({ length: n }, (_, i) => `"k${i}":0`).join(',')}}`
const MONSTERS: [string, string, string][] = [
  ['/v1/webhooks', 'objects where texts belong', `{"url":"https://a.example.com","events":${many(9_900, '{"a":0}')}}`],
  ['/v1/tokens', 'addresses that are none', `{"name":"x","ip_allow":${many(19_000, '"a"')}}`],
  ['/v1/apps', 'variables that are none', `{"name":"x","image":"builtin/hello:v1","env":${fields(990)}}`],
  ['/v1/webhooks', 'headers that are none', `{"url":"https://a.example.com","events":["*"],"headers":${fields(990)}}`],
  ['/v1/secrets/import', 'a line many times', `{"text":"${'A=b\\n'.repeat(99_000)}"}`],
  ['/v1/secrets/import', 'texts that go on on the next line', `{"text":"${'A=\\"x\\ny\\"\\n'.repeat(4_900)}"}`],
  ['/v1/secrets/import', 'lines that mean nothing', `{"text":"${'bad line\\n'.repeat(9_900)}"}`],
  ['/v1/secrets', 'more than a secret holds', `{"name":"X","value":"${'é'.repeat(190_000)}"}`],
  ['/v1/apps', 'values nobody asked for', `{"name":"x","image":"builtin/hello:v1","a":${many(19_000, '"abc"')}}`],
]
test.each(MONSTERS)('%s with %s is answered quickly and forgotten', async (path, _what, raw) => {
  const token = await tokenOf(people.org ?? { type: 'anonymous' })
  const ask = () => api.ask('POST', path, { token, raw })
  const { status } = await ask()
  expect([status >= 400 || path.endsWith('import'), status < 500]).toEqual([true, true])
  const before = heldMib()
  const ms = await quietMs(ask)
  expect(ms).toBeLessThan(LIMIT_MS)
  expect(heldMib() - before).toBeLessThan(16)
})
