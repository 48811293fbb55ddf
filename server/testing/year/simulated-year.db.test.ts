import { beforeAll, expect, test, vi } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { findViolations } from '../../domain/billing/index.ts'
import { renderStoredInvoice } from '../../domain/billing/invoices/invoice-pdf.ts'
import { setPlainMail } from '../../domain/billing/testing/books.ts'
import { withRuntime } from '../runtime.ts'
import { liveThroughAYear, type YearReport } from './year.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_930, PORT: 21_931 })
beforeAll(setPlainMail)

const full = process.env.SHELLWEGO_FULL === '1'
const size = full ? { customers: 1000, days: 366 } : { customers: 24, days: 100 }
const PATIENCE_MS = full ? 7_200_000 : 240_000
const seed = Number(process.env.SHELLWEGO_SEED ?? 20_261_121)

const live = async (from: Date): Promise<YearReport> => {
  const clock = vi.spyOn(runtime().clock, 'now')
  try {
    return await liveThroughAYear({ ...size, seed, from, setNow: (now) => { clock.mockReturnValue(now) } })
  } finally {
    clock.mockRestore()
  }
}

test(`${size.customers} customers live through ${size.days} days: the books hold, documents stay, and the same seed gives the same books (seed ${seed})`, async () => {
  const from = new Date('2032-01-01T00:00:00Z')
  const first = await live(from)
  expect(await runtime().databases.asSystem('staff', findViolations)).toEqual([])

  const invoices = await runtime().databases.asSystem('staff', (db) => db.invoice.findMany({ where: { brandId: first.brandId, number: { not: null } } }))
  expect(invoices.length).toBeGreaterThan(size.customers)
  expect(Object.keys(first.done).length).toBeGreaterThan(7)
  for (const invoice of full ? invoices : invoices.slice(0, 60)) {
    const document = await renderStoredInvoice(invoice)
    const stored = await runtime().databases.asSystem('staff', (db) => db.invoice.findUniqueOrThrow({ where: { id: invoice.id } }))
    expect((await renderStoredInvoice(stored)).equals(document)).toBe(true)
  }

  expect((await live(from)).hash).toBe(first.hash)
}, PATIENCE_MS)
