import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { pick } from '../random.ts'
import type { Call } from '../workload.ts'
import type { Writers } from './writers.ts'

/** An app with one volume, which may take the place of an earlier one. */
export interface Store { appId: string; name: string; mode: 'pinned' | 'strict'; volumeId: string; restored: number }

interface Backup { id: string; least: number }
interface Detail {
  status: string; node_id: string
  recovery: { state: string; backup: { id: string; data_from: string } | null } | null
}

export const STORES = ['pinned', 'pinned', 'strict', 'strict', 'strict', 'strict'] as const
const EVERY_MS = 1_000
const BACKUP_EVERY = 3
const MOST_BACKUPS = 6
const BUCKET = { endpoint: 'https://s3.example.com', region: 'eu-central-1', bucket: 'chaos', access_key_id: 'AKID', secret_access_key: 'the secret access key' }

export async function makeStores(call: Call, writers: Writers): Promise<Store[]> {
  const post = async (path: string, body: object): Promise<string> => {
    const { status, body: answer } = await call('POST', path, body)
    if (status >= 300) throw new Error(`POST ${path}: ${status} ${JSON.stringify(answer)}`)
    return String(answer['id'])
  }
  await post('/backup-targets', BUCKET)
  return Promise.all(STORES.map(async (mode, at) => {
    const name = `store-${at + 1}`
    const volumeId = await post('/volumes', { name: `data-${at + 1}`, size: '1g', mode })
    if (mode === 'strict') writers.strict(volumeId)
    const appId = await post('/apps', { name, image: 'builtin/hello:v1', port: 8080, health_check: { path: '/healthz' } })
    await post(`/volumes/${volumeId}/attach`, { app_id: appId, mount_path: '/data' })
    return { appId, name, mode, volumeId, restored: 0 }
  }))
}

/** Who owns the stores: backs them up, restarts them, and puts the last backup in the place of what a lost node holds as soon as that is allowed. */
export function tend(call: Call, stores: readonly Store[], writers: Writers, random: () => number): { stop: () => Promise<void> } {
  const backups = new Map<string, Backup[]>()
  let going = true

  const backUp = async ({ volumeId }: Store): Promise<void> => {
    const mine = backups.get(volumeId) ?? []
    // What was written by now is in it.
    const least = writers.writtenTo(volumeId)
    const { status, body } = await call('POST', `/volumes/${volumeId}/backups`, {}, { 'idempotency-key': randomUUID() })
    if (status === 202) backups.set(volumeId, [...mine, { id: String(body['id']), least }])
    const [first] = mine
    if (first && mine.length >= MOST_BACKUPS && (await call('DELETE', `/backups/${first.id}`)).status === 200) backups.set(volumeId, (backups.get(volumeId) ?? []).slice(1))
  }
  const restore = async (store: Store, backup: { id: string; data_from: string }): Promise<void> => {
    const { volumeId: old } = store
    const least = backups.get(old)?.find(({ id }) => id === backup.id)?.least ?? 0
    const name = `again-${randomUUID().slice(0, 8)}`
    const { status, body } = await call('POST', `/volumes/${old}/restore-elsewhere`, { name, backup_id: backup.id, data_from: backup.data_from }, { 'idempotency-key': randomUUID() })
    if (status !== 202) return
    writers.replaces(String(body['id']), old, least)
    Object.assign(store, { volumeId: String(body['id']), restored: store.restored + 1 })
  }
  const look = async (store: Store, turn: number): Promise<void> => {
    const { status, body } = await call('GET', `/volumes/${store.volumeId}`)
    const { recovery } = body as unknown as Detail
    if (status !== 200) return
    if (recovery?.state === 'possible' && recovery.backup) return restore(store, recovery.backup)
    if (!recovery && turn % BACKUP_EVERY === 0) await backUp(store)
    if (random() < 0.05) await call('POST', `/apps/${store.appId}/actions/restart`)
  }
  const loop = (async () => {
    for (let turn = 0; going; turn += 1) {
      const [first, ...others] = stores
      if (!first) return
      await look(pick(random, [first, ...others]), turn).catch(() => undefined)
      await sleep(EVERY_MS)
    }
  })()
  return { stop: async () => { going = false; await loop } }
}
