import { runtime } from '../../../core/runtime.ts'
import type { SystemDb } from '../../../core/db.ts'
import { findProvider } from '../../payments/index.ts'
import { openWorkItem, settleWorkItem } from '../work/work-items.ts'

const TIMEOUT_MS = 20_000

const ask = async (name: string): Promise<{ ok: boolean; detail: string }> => {
  const late = new Promise<{ ok: boolean; detail: string }>((resolve) => { setTimeout(() => resolve({ ok: false, detail: 'No answer in 20 seconds.' }), TIMEOUT_MS).unref() })
  try {
    return await Promise.race([findProvider(name)?.health() ?? { ok: false, detail: 'It is not set up.' }, late])
  } catch (error) {
    return { ok: false, detail: (error instanceof Error ? error.message : String(error)).slice(0, 300) }
  }
}

/** Asks a provider whether it answers, and tells people once per outage: on its second failed check, which is an hour of it. */
export const checkHealth = async (name: string): Promise<boolean> => {
  const { ok, detail } = await ask(name)
  await runtime().databases.asSystem('job', (db) => keep(db, name, ok, detail))
  return ok
}

const keep = async (db: SystemDb, provider: string, ok: boolean, detail: string): Promise<void> => {
  const before = await db.providerHealth.findUnique({ where: { provider } })
  const checkedAt = new Date()
  const downSince = ok ? null : before?.downSince ?? checkedAt
  await db.providerHealth.upsert({ where: { provider }, create: { provider, ok, detail, checkedAt, downSince }, update: { ok, detail, checkedAt, downSince } })
  const label = findProvider(provider)?.label ?? provider
  const now = runtime().clock.now()
  if (before?.downSince && ok) await settleWorkItem(db, 'provider_down', `${provider}:${before.downSince.toISOString()}`, 'It answers again; what happened meanwhile is compared now.', now)
  if (!before?.downSince || !downSince) return
  await openWorkItem(db, {
    kind: 'provider_down', cause: `${provider}:${downSince.toISOString()}`, subject: { type: 'provider', id: provider }, title: `${label} does not answer`,
    facts: { since: downSince.toISOString(), detail },
  }, now)
}
