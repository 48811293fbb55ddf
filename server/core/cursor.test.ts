import fc from 'fast-check'
import { expect, test } from 'vitest'
import { afterCursor, decodeCursor, encodeCursor, toPage } from './cursor.ts'
import { DomainError } from './error.ts'
import { newId } from './id.ts'

const moment = fc.date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })

test('a cursor gives back its row', () => {
  fc.assert(fc.property(moment, (createdAt) => {
    const row = { createdAt, id: newId('app') }
    expect(decodeCursor(encodeCursor(row))).toEqual(row)
  }))
})

const forged = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

test.each([
  '', '%', 'null', forged(null), forged([]), forged(['2026-01-01T00:00:00Z']), forged(['never', 'app_1']), forged(['2026-01-01T00:00:00Z', 'a\0b']),
  forged(['-270000-01-01T00:00:00Z', 'app_1']), forged(['2026-01-01T00:00:00Z', { gt: '' }]), forged(['2026-01-01T00:00:00Z', 'x'.repeat(1000)]),
])('a forged cursor %j is refused before it reaches the database', (cursor) => {
  expect(() => decodeCursor(cursor)).toThrow(DomainError)
})

test('any text is a cursor or an invalid request, never another fault', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json().map((j) => Buffer.from(j).toString('base64url'))), (text) => {
    try { decodeCursor(text) } catch (error) { expect(error).toMatchObject({ code: 'invalid_request' }) }
  }))
})

test('pages joined are the whole list, each row once', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 40 }), fc.integer({ min: 1, max: 7 }), (times, limit) => {
    const rows = times.map((t, i) => ({ createdAt: new Date(t * 1000), id: `app_${String(i).padStart(3, '0')}` }))
      .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1))
    const after = (cursor: string | undefined) => {
      const { OR: [older, sameTime] = [] } = afterCursor(cursor) as { OR?: [{ createdAt: { lt: Date } }, { createdAt: Date; id: { lt: string } }] }
      if (!older || !sameTime) return rows
      return rows.filter((r) => r.createdAt < older.createdAt.lt || (r.createdAt.getTime() === sameTime.createdAt.getTime() && r.id < sameTime.id.lt))
    }
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = toPage(after(cursor).slice(0, limit + 1), limit, (r) => r.id)
      seen.push(...page.data)
      expect(page.data.length).toBeLessThanOrEqual(limit)
      expect(page.pagination.has_more).toBe(page.pagination.next_cursor !== null)
      cursor = page.pagination.next_cursor ?? undefined
    } while (cursor)
    expect(seen).toEqual(rows.map((r) => r.id))
  }))
})
