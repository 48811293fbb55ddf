import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { makeOwner } from '../testing/actors.ts'
import { withRuntime } from '../testing/runtime.ts'
import { DomainError, fromZod } from './error.ts'
import { newId } from './id.ts'
import { defineList } from './listing.ts'
import { runtime } from './runtime.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_710, PORT: 21_711 })

const list = defineList({
  name: 'things',
  fields: {
    name: { kind: 'text', column: 'name', filter: true, sort: true },
    install_id: { kind: 'text', column: 'installId', filter: true, sort: true, nullable: true },
    port: { kind: 'int', column: 'port', range: true, sort: true, nullable: true },
    desired: { kind: 'enum', values: ['running', 'stopped'], column: 'desired', filter: true, sort: true },
    public: { kind: 'bool', column: 'public', filter: true, sort: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
  },
  search: ['name', 'image'], include: ['parts', 'owner'],
})
const schema = z.strictObject(list.input)
type Asked = z.input<typeof schema>

interface Row { id: string; name: string; image: string; installId: string | null; port: number | null; desired: string; public: boolean; createdAt: Date }
let owner: Awaited<ReturnType<typeof makeOwner>>
beforeAll(async () => { owner = await makeOwner() })

const fill = async (rows: readonly Omit<Row, 'id'>[]): Promise<Row[]> => {
  const full = rows.map((row) => ({ ...row, id: newId('app') }))
  await runtime().databases.asSystem('job', async (db) => {
    await db.app.deleteMany({ where: { orgId: owner.organization.id } })
    const rest = { orgId: owner.organization.id, command: [], vcpu: 1, memoryMib: 128, diskMib: 64, replicas: 1, health: {} }
    await db.app.createMany({ data: full.map((row) => ({ ...row, ...rest, deletedAt: row.createdAt })) })
  })
  return full
}

const parse = (asked: Asked) => {
  const parsed = schema.safeParse(asked)
  if (!parsed.success) throw fromZod(parsed.error)
  return parsed.data
}
const read = async (asked: Asked, orgId = owner.organization.id) => {
  const page = list.page({ orgId, actor: owner.actor, now: new Date() }, parse(asked))
  const rows = await runtime().databases.asSystem('job', (db) => db.app.findMany({ where: { AND: [{ orgId: owner.organization.id }, page.where] }, orderBy: page.orderBy, take: page.take }))
  return page.of(rows, (row) => row.id)
}
/** Every page to its end; fails when it does not end. */
const readAll = async (asked: Asked, limit: number): Promise<string[]> => {
  const seen: string[] = []
  let cursor: string | undefined
  for (let pages = 0; pages < 60; pages++) {
    const page = await read({ ...asked, limit, ...(cursor ? { cursor } : {}) })
    expect(page.data.length).toBeLessThanOrEqual(limit)
    expect(page.pagination.has_more).toBe(page.pagination.next_cursor !== null)
    seen.push(...page.data)
    cursor = page.pagination.next_cursor ?? undefined
    if (!cursor) return seen
  }
  throw new Error('the pages do not end')
}

const COLUMN = { name: 'name', install_id: 'installId', port: 'port', desired: 'desired', public: 'public', created_at: 'createdAt' } as const
type SortName = keyof typeof COLUMN
const smaller = (a: string | number | boolean | Date, b: string | number | boolean | Date): number => (a < b ? -1 : a > b ? 1 : 0)

/** The model: sort all, unknown last, ties by id in the last key's direction. */
const ordered = (rows: readonly Row[], keys: readonly { name: SortName; descending: boolean }[]): string[] => [...rows].sort((a, b) => {
  for (const { name, descending } of keys) {
    const [x, y] = [a[COLUMN[name]], b[COLUMN[name]]]
    if (x === null || y === null) {
      if (x !== y) return x === null ? 1 : -1
      continue
    }
    const way = x instanceof Date && y instanceof Date ? x.getTime() - y.getTime() : smaller(x, y)
    if (way !== 0) return descending ? -way : way
  }
  return keys.at(-1)?.descending ?? true ? smaller(b.id, a.id) : smaller(a.id, b.id)
}).map((row) => row.id)

const rowOf = fc.record({
  name: fc.constantFrom('ant', 'bee', 'Cat', 'cat', 'd_g', 'dog', '50%'), image: fc.constantFrom('nginx', 'red.is', 'Ant image'), installId: fc.constantFrom(null, 'ins_1', 'ins_2'),
  port: fc.constantFrom(null, 1, 2, 80), desired: fc.constantFrom('running', 'stopped'), public: fc.boolean(),
  createdAt: fc.integer({ min: 0, max: 4 }).map((day) => new Date(Date.UTC(2026, 0, 1 + day, 12))),
})
const keyOf = fc.record({ name: fc.constantFrom(...Object.keys(COLUMN) as SortName[]), descending: fc.boolean() })
const sortOf = fc.uniqueArray(keyOf, { minLength: 0, maxLength: 4, selector: (k) => k.name })
const filterOf = fc.record({
  name: fc.constantFrom('ant', 'ant,bee', 'cat,50%', 'nobody'), desired: fc.constantFrom('running', 'running,stopped'), public: fc.constantFrom('true', 'false'),
  install_id: fc.constant('ins_1,ins_2'), q: fc.constantFrom('a', 'AN', 'cat nginx', '_', '%', '.', '\\'),
  port: fc.constantFrom({ gte: '2' }, { gt: '1', lt: '80' }), created_at: fc.constantFrom({ gte: '2026-01-02' }, { lte: '2026-01-03' }, { gt: '2026-01-02T12:00:00Z', lt: '2026-01-05' }),
}, { requiredKeys: [] })
type Filter = typeof filterOf extends fc.Arbitrary<infer T> ? T : never

const within = (value: number, low: { gte?: number; gt?: number }, high: { lte?: number; lt?: number }): boolean =>
  value >= (low.gte ?? -Infinity) && value > (low.gt ?? -Infinity) && value <= (high.lte ?? Infinity) && value < (high.lt ?? Infinity)
const at = (text: string | undefined, endOfDay: boolean): number | undefined =>
  text === undefined ? undefined : new Date(text).getTime() + (endOfDay && text.length === 10 ? 86_399_999 : 0)
const some = (n: number | undefined, name: string): object => (n === undefined ? {} : { [name]: n })
const matches = (row: Row, f: Filter): boolean => {
  const port = f.port as { gte?: string; gt?: string; lt?: string } | undefined
  const time = f.created_at as { gte?: string; gt?: string; lte?: string; lt?: string } | undefined
  return (!f.name || f.name.split(',').includes(row.name)) && (!f.desired || f.desired.split(',').includes(row.desired))
    && (!f.public || String(row.public) === f.public) && (!f.install_id || (row.installId !== null && f.install_id.split(',').includes(row.installId)))
    && (!f.q || f.q.split(' ').every((w) => [row.name, row.image].some((t) => t.toLowerCase().includes(w.toLowerCase()))))
    && (!port || (row.port !== null
      && within(row.port, { ...(port.gte ? { gte: Number(port.gte) } : {}), ...(port.gt ? { gt: Number(port.gt) } : {}) },
        port.lt ? { lt: Number(port.lt) } : {})))
    && (!time || within(row.createdAt.getTime(), { ...some(at(time.gte, false), 'gte'), ...some(at(time.gt, true), 'gt') }, { ...some(at(time.lte, true), 'lte'), ...some(at(time.lt, false), 'lt') }))
}

const written = (keys: readonly { name: string; descending: boolean }[], colons: boolean): string =>
  keys.map((k) => (colons ? `${k.name}:${k.descending ? 'desc' : 'asc'}` : `${k.descending ? '-' : ''}${k.name}`)).join(',')

test('whatever the rows, filter, order and page size: the pages joined are what a naive model lists', async () => {
  const question = fc.record({ keys: sortOf, filter: filterOf, limit: fc.integer({ min: 1, max: 6 }), colons: fc.boolean() })
  await fc.assert(fc.asyncProperty(fc.array(rowOf, { maxLength: 18 }), fc.array(question, { minLength: 3, maxLength: 3 }), async (rows, questions) => {
    const full = await fill(rows)
    for (const { keys, filter, limit, colons } of questions) {
      const expected = ordered(full.filter((row) => matches(row, filter)), keys.length > 0 ? keys : [{ name: 'created_at', descending: true }])
      expect(await readAll({ filter, ...(keys.length > 0 ? { sort: written(keys, colons) } : {}) }, limit)).toEqual(expected)
    }
  }), { numRuns: 25 })
}, 60_000)

const problemOf = async (asked: unknown, orgId?: string) => {
  try { await read(asked as Asked, orgId) } catch (error) {
    if (error instanceof DomainError) return { code: error.code, errors: error.errors.map((e) => [e.pointer, e.code]), text: error.message }
    throw error
  }
  throw new Error('it was accepted')
}

test.each([
  [{ filter: { colour: 'red', shape: 'round' } }, [['/filter/colour', 'unknown_field'], ['/filter/shape', 'unknown_field']], /colour.*shape/],
  [{ sort: 'colour' }, [['/sort', 'unknown_field']], /colour.*name, install_id/],
  [{ sort: 'name,name' }, [['/sort', 'invalid_sort']], /once/],
  [{ sort: 'name:up' }, [['/sort', 'invalid_sort']], /asc/],
  [{ sort: '' }, [['/sort', 'unknown_field']], /nothing/],
  [{ include: 'parts,secrets' }, [['/include', 'unknown_field']], /secrets/],
  [{ filter: { desired: 'running,walking' } }, [['/filter/desired', 'invalid_value']], /walking/],
  [{ filter: { created_at: { after: '2026-01-01' } } }, [['/filter/created_at/after', 'unknown_field']], /after/],
  [{ filter: { created_at: { gte: '2026-02-30' } } }, [['/filter/created_at/gte', 'invalid_format']], /day/],
  [{ filter: { created_at: { gte: '+270000-01-01T00:00:00Z' } } }, [['/filter/created_at/gte', 'invalid_format']], /time/],
  [{ filter: { port: { gte: '9999999999' } } }, [['/filter/port/gte', 'out_of_range']], /range/],
  [{ filter: { port: { gte: '1e3' } } }, [['/filter/port/gte', 'invalid_format']], /whole/],
  [{ filter: { name: Array(60).fill('x').join(',') } }, [['/filter/name', 'custom']], /50/],
  [{ filter: 'name' }, [['/filter', 'invalid_type']], /object/],
  [{ limit: 101 }, [['/limit', 'too_big']], /100/],
  [{ limit: 0 }, [['/limit', 'too_small']], /1/],
] as const)('%j is refused and named', async (asked, errors, text) => {
  const problem = await problemOf(asked)
  expect(problem).toMatchObject({ code: 'invalid_request', errors })
  expect(problem.text).toMatch(text)
})

test('a cursor is good for its own list, filter, order and organization only', async () => {
  await fill(Array.from({ length: 5 }, (_, i) => ({ name: `app-${i}`, image: 'x', installId: null, port: null, desired: 'running', public: true, createdAt: new Date(2026, 0, 1) })))
  const cursor = (await read({ limit: 2, sort: '-name', filter: { desired: 'running' } })).pagination.next_cursor ?? ''
  const same = { limit: 2, sort: '-name', filter: { desired: 'running' }, cursor }
  expect((await read(same)).data).toHaveLength(2)
  expect((await read({ ...same, limit: 50 })).data).toHaveLength(3)
  for (const [asked, orgId] of [[{ ...same, sort: 'name' }], [{ ...same, filter: { desired: 'stopped' } }], [{ ...same, filter: {} }], [same, 'org_other']] as const) {
    expect(await problemOf(asked, orgId)).toMatchObject({ code: 'invalid_request', errors: [['/cursor', 'cursor_mismatch']] })
  }
})

test('a cursor changed in any character is refused', async () => {
  const cursor = (await read({ limit: 2 })).pagination.next_cursor ?? ''
  await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: cursor.length - 1 }), fc.constantFrom('A', 'z', '.', '-', ''), async (at, letter) => {
    const changed = cursor.slice(0, at) + letter + cursor.slice(at + 1)
    if (changed !== cursor) expect(await problemOf({ limit: 2, cursor: changed })).toMatchObject({ errors: [['/cursor', 'invalid_cursor']] })
  }))
})

test('any text is a cursor of ours or named as none', async () => {
  await fc.assert(fc.asyncProperty(fc.oneof(fc.string({ maxLength: 500 }), fc.json({ maxDepth: 2 }).map((j) => `${Buffer.from(j).toString('base64url').slice(0, 400)}.${'A'.repeat(22)}`)), async (cursor) => {
    expect(await problemOf({ cursor })).toMatchObject({ errors: [['/cursor', 'invalid_cursor']] })
  }))
})
