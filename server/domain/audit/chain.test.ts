import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chainWalker, entryHash, GENESIS, type ChainedEvent, type ChainRow } from './chain.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const event: fc.Arbitrary<ChainedEvent> = fc.record({
  orgId: fc.constant('org_1'), id: text, type: text, subjectType: text, subjectId: text, actor: text, data: text,
  requestId: fc.option(text), ip: fc.option(text), userAgent: fc.option(text), atMs: fc.nat().map(String),
})

const chainOf = (events: readonly ChainedEvent[]): ChainRow[] => {
  let prevHash = GENESIS
  return events.map((e, index) => {
    const place = { chainSeq: BigInt(index + 1), prevHash, eventSeq: BigInt(index * 3 + 7) }
    prevHash = entryHash(place, e)
    return { ...place, orgId: 'org_1', hash: prevHash, event: e }
  })
}

/** Position of the first break, or null. */
const firstBreak = (rows: readonly ChainRow[]): bigint | null => {
  const walker = chainWalker({ chainSeq: 0n, hash: GENESIS })
  for (const row of rows) {
    const broken = walker.step(row)
    if (broken) return broken.chainSeq
  }
  return null
}

const FIELDS = ['id', 'type', 'subjectType', 'subjectId', 'actor', 'data', 'requestId', 'ip', 'userAgent', 'atMs', 'orgId'] as const
type Tamper = { kind: 'edit'; field: (typeof FIELDS)[number] } | { kind: 'forget' | 'delete' | 'swap' | 'insert' | 'rehash' }
const tamper: fc.Arbitrary<Tamper> = fc.oneof(
  fc.constantFrom(...FIELDS).map((field) => ({ kind: 'edit' as const, field })),
  fc.constantFrom('forget', 'delete', 'swap', 'insert', 'rehash').map((kind) => ({ kind })),
)

/** What an intruder does at row `at` (0-based), who cannot make later hashes fit. */
const tampered = (rows: readonly ChainRow[], at: number, how: Tamper): ChainRow[] => {
  const row = rows[at]
  const next = rows[at + 1]
  if (!row?.event || !next) throw new Error('not within the chain')
  const replace = (index: number, value: ChainRow) => rows.with(index, value)
  switch (how.kind) {
    case 'edit': return replace(at, { ...row, event: { ...row.event, [how.field]: `${row.event[how.field] ?? ''}!` } })
    case 'forget': return replace(at, { ...row, event: null })
    case 'delete': return rows.toSpliced(at, 1)
    case 'swap': return replace(at, { ...next, chainSeq: row.chainSeq }).with(at + 1, { ...row, chainSeq: next.chainSeq })
    case 'insert': return rows.toSpliced(at, 0, row)
    case 'rehash': {
      const edited = { ...row.event, data: `${row.event.data}!` }
      return replace(at, { ...row, event: edited, hash: entryHash(row, edited) })
    }
  }
}

test('an untouched chain holds, and whatever is done within it is found there or one entry on', () => {
  fc.assert(fc.property(fc.array(event, { minLength: 3, maxLength: 12 }), fc.nat(), tamper, (events, where, how) => {
    const rows = chainOf(events)
    expect(firstBreak(rows)).toBeNull()
    const at = where % (rows.length - 1)
    const found = firstBreak(tampered(rows, at, how))
    expect(found).not.toBeNull()
    const latest = how.kind === 'rehash' || how.kind === 'insert' ? at + 2 : at + 1
    expect(Number(found)).toBeGreaterThanOrEqual(at + 1)
    expect(Number(found)).toBeLessThanOrEqual(latest)
  }), { numRuns: 500 })
})

test('text that moves from one field to the next is another entry', () => {
  fc.assert(fc.property(event, text, (e, moved) => {
    fc.pre(moved.length > 0)
    const place = { chainSeq: 1n, prevHash: GENESIS, eventSeq: 1n }
    const here = entryHash(place, { ...e, type: e.type + moved })
    const there = entryHash(place, { ...e, subjectType: moved + e.subjectType })
    expect(here).not.toBe(there)
  }))
})

test('no value and an empty value differ', () => {
  const e: ChainedEvent = { orgId: 'o', id: 'i', type: 't', subjectType: 's', subjectId: 'x', actor: '{}', data: '{}', requestId: null, ip: null, userAgent: null, atMs: '1' }
  const place = { chainSeq: 1n, prevHash: GENESIS, eventSeq: 1n }
  expect(entryHash(place, e)).not.toBe(entryHash(place, { ...e, ip: '' }))
})
