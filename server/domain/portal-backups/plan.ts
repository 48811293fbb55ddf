import { Readable } from 'node:stream'
import { z } from 'zod'
import { BackupPlan, BackupPlanInput } from '../../contract/portal-backup.ts'
import { TargetTest } from '../../contract/backup.ts'
import type { CompositeOperation } from '../../core/composite.ts'
import type { SystemDb } from '../../core/db.ts'
import { DomainError, notFound, ruleViolated } from '../../core/error.ts'
import { etagOf } from '../../core/etag.ts'
import { call, command, query } from '../../core/operation.ts'
import { runtime } from '../../core/runtime.ts'
import { addressOf, readPlan, sealPlaceSecret, viewPlan } from './plan-row.ts'
import { ArchiveError, portalArchives, type PlaceAddress } from './ports.ts'

const route = { path: '/admin/backup-plan', tag: 'Staff' }
const None = z.strictObject({})
const subject = { type: 'operator', id: 'portal_backups' }

export const getPlan = query({
  name: 'portal_backups.get_plan', summary: 'Where backups of this installation go, and when', scope: 'staff', input: None, output: BackupPlan,
  rest: { method: 'GET', ...route }, etag: etagOf, run: (ctx) => viewPlan(ctx.db),
})

const checkedEndpoint = (endpoint: string): string => {
  const url = URL.parse(endpoint)
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '' || url.hash !== '') throw ruleViolated('/place/endpoint', 'invalid_url', 'Enter an address as https://s3.example.com.')
  return url.href.replace(/\/+$/, '')
}

const EMPTY = { path: null, endpoint: null, region: null, bucket: null, prefix: '', accessKeyId: null, sealedSecret: null }

const columnsOf = async (db: SystemDb, place: BackupPlanInput['place']) => {
  if (place.kind === 'folder') {
    const inside = runtime().env.SHELLWEGO_DATA
    if (place.path === inside || place.path.startsWith(`${inside}/`)) throw ruleViolated('/place/path', 'inside', 'Choose a folder outside the data folder, better on another disk: what is lost with it is no backup.')
    return { ...EMPTY, kind: 'folder', path: place.path.replace(/\/+$/, '') }
  }
  const { secret_access_key: secret, access_key_id: accessKeyId, endpoint, region, bucket, prefix } = place
  const before = await readPlan(db)
  const sealedSecret = secret === undefined ? before?.sealedSecret ?? null : sealPlaceSecret(secret)
  if (sealedSecret === null) throw ruleViolated('/place/secret_access_key', 'required', 'Enter the secret of the access key.')
  return { ...EMPTY, kind: 's3', endpoint: checkedEndpoint(endpoint), region, bucket, prefix, accessKeyId, sealedSecret }
}

export const setPlan = command({
  name: 'portal_backups.set_plan', summary: 'Say where backups of this installation go, and when', scope: 'staff', sensitive: true,
  input: BackupPlanInput, output: BackupPlan, rest: { method: 'POST', ...route }, etag: etagOf,
  run: async (ctx, { place, hour, keep }) => {
    const data = { ...await columnsOf(ctx.db, place), hour, keepDaily: keep.daily, keepWeekly: keep.weekly, keepMonthly: keep.monthly, alarmedAt: null }
    await ctx.db.portalBackupPlan.upsert({ where: { id: 1 }, create: data, update: { ...data, version: { increment: 1 } } })
    await ctx.emit('operator.backup_plan_set', subject, { kind: place.kind, hour })
    return viewPlan(ctx.db)
  },
})

const GOOD = 'Written, read, listed and removed.'
const NAME = 'shellwego-test'

export const tryPlace = async (address: PlaceAddress): Promise<{ ok: boolean; detail: string }> => {
  try {
    const place = portalArchives().open(address)
    await place.put(NAME, Readable.from([Buffer.from(NAME)], { objectMode: false }))
    const back: Buffer[] = []
    for await (const part of await place.get(NAME)) back.push(Buffer.from(part as Uint8Array))
    if (Buffer.concat(back).toString() !== NAME) throw new ArchiveError('place_failed', 'Something else came back than was written.')
    if (!(await place.list()).some(({ name }) => name === NAME)) throw new ArchiveError('place_failed', 'What was written is not listed.')
    await place.remove(NAME)
    return { ok: true, detail: GOOD }
  } catch (error) {
    return { ok: false, detail: (error as Error).message.slice(0, 400) }
  }
}

const findPlace = query({
  name: 'portal_backups.find_place', summary: 'Whether there is a place to try', scope: 'staff', input: None, output: z.object({ ok: z.literal(true) }),
  run: async (ctx) => {
    if (!await readPlan(ctx.db)) throw notFound('plan')
    return { ok: true as const }
  },
})

export const testPlan: CompositeOperation<typeof None, typeof TargetTest> = {
  kind: 'composite', scope: 'staff', name: 'portal_backups.test_plan', summary: 'Write, read, list and remove a small file where backups go', input: None, output: TargetTest,
  rest: { method: 'POST', path: '/admin/backup-plan/test', tag: 'Staff' },
  async handle(meta, raw) {
    await call(findPlace, meta, raw)
    const plan = await runtime().databases.asSystem('staff', readPlan)
    if (!plan) throw new DomainError('state_conflict', 'Say where backups go first.')
    return tryPlace(addressOf(plan))
  },
}
