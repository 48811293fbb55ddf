import { newId } from '../core/id.ts'
import { runtime } from '../core/runtime.ts'

/** A case that rests, a step of it, a budget nobody reaches, and an alert of it. */
export const makeDunning = (orgId: string, brandId: string, invoiceId: string, marker: string) => runtime().databases.asSystem('job', async (db) => {
  const at = new Date('2026-02-01T00:00:00Z')
  const until = new Date('2099-01-01T00:00:00Z')
  const kept = { organization: { id: orgId, name: marker, slug: marker }, exported_at: at.toISOString(), apps: [], members: [], invoices: [] }
  const held = { pausedUntil: until, pauseReason: marker, pausedBy: marker, export: kept }
  await db.dunningCase.upsert({ where: { orgId }, create: { orgId, brandId, ...held }, update: held })
  await db.dunningStep.create({ data: { id: newId('dunningStep'), orgId, invoiceId, key: marker, kind: 'reminder', plannedAt: at, doneAt: at, outcome: 'skipped', detail: marker } })
  await db.budget.create({ data: { orgId, amount: 100_000_000n, currency: 'USD', updatedBy: marker } })
  await db.budgetAlert.create({ data: { id: newId('budgetAlert'), orgId, periodFrom: marker, threshold: 50, spent: 1n, amount: 2n, currency: 'USD', at } })
})
