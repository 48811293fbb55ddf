/** A year in a thread and a database of its own, so that two can be lived at once. */
import { parentPort, workerData } from 'node:worker_threads'
import type { TestServer } from '../../../scripts/db/testing.ts'
import { runtime } from '../../core/runtime.ts'
import { renderStoredInvoice } from '../../domain/billing/invoices/invoice-pdf.ts'
import type { InvoiceRow } from '../../domain/billing/invoices/invoice-wire.ts'
import { watchOverBooks } from '../../domain/billing/ledger/watch-books.ts'
import { setPlainMail } from '../../domain/billing/testing/books.ts'
import { openRuntime } from '../runtime.ts'
import { together } from './jobs.ts'
import { liveThroughAYear, type YearReport } from './year.ts'

export interface LifeOrder {
  server: TestServer; seed: number; customers: number; days: number; from: string; port: number
  /** How many documents are rendered twice. */
  documents: number
}
export interface Life extends YearReport { violations: unknown[]; invoices: number; documents: number; changedDocuments: string[]; seconds: number }

const PAGE = 500

const issued = (brandId: string, after: string): Promise<InvoiceRow[]> => runtime().databases.asSystem('staff', (db) =>
  db.invoice.findMany({ where: { brandId, number: { not: null }, id: { gt: after } }, orderBy: { id: 'asc' }, take: PAGE }))

/** Twice from what is stored: the first time keeps a hash, the second must give the same bytes. Invoices that came out otherwise. */
const renderTwice = async (brandId: string, most: number): Promise<{ documents: number; changedDocuments: string[] }> => {
  const changedDocuments: string[] = []
  let documents = 0
  for (let rows = await issued(brandId, ''); rows.length > 0 && documents < most; rows = await issued(brandId, rows.at(-1)?.id ?? '')) {
    const own = rows.slice(0, most - documents)
    documents += own.length
    await together(own, async (row) => {
      const document = await renderStoredInvoice(row)
      const stored = await runtime().databases.asSystem('staff', (db) => db.invoice.findUniqueOrThrow({ where: { id: row.id } }))
      if (!(await renderStoredInvoice(stored)).equals(document)) changedDocuments.push(row.id)
    })
  }
  return { documents, changedDocuments }
}

const live = async ({ server, port, from, documents: most, ...size }: LifeOrder): Promise<Life> => {
  const began = performance.now()
  const close = await openRuntime(server, { SHELLWEGO_SANDBOX_PORT: port, PORT: port + 1 })
  try {
    setPlainMail()
    const clock = { now: new Date(from) }
    runtime().clock.now = () => clock.now
    const report = await liveThroughAYear({
      ...size, from: new Date(from), setNow: (now) => {
        clock.now = now
        if (now.getUTCDate() === 1 && now.getUTCHours() === 0) parentPort?.postMessage(`lived to ${now.toISOString()}`)
      },
    })
    const violations = await watchOverBooks(clock.now)
    const invoices = await runtime().databases.asSystem('staff', (db) => db.invoice.count({ where: { brandId: report.brandId, number: { not: null } } }))
    parentPort?.postMessage(`${invoices} invoices, ${violations.length} violations, books ${report.hash}`)
    return { ...report, violations, invoices, ...await renderTwice(report.brandId, most), seconds: (performance.now() - began) / 1000 }
  } finally {
    await close()
  }
}

parentPort?.postMessage(await live(workerData as LifeOrder))
