import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createPortalArchives } from '../../adapters/portal-archive/index.ts'
import { runtime } from '../../core/runtime.ts'
import { makeOwner, makeUser, metaFor } from '../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { setPlainMail } from '../billing/testing/books.ts'
import { createPortalBackup, getPlan, getPortalBackup, listPortalBackups, setPlan, setPortalArchives, testPlan, verifyPortalBackup } from './index.ts'
import { tickBackups } from './tick.ts'

withRuntime()
const folder = mkdtempSync(path.join(os.tmpdir(), 'portal-backups-'))
const place = path.join(folder, 'kept')
const passphrase = path.join(folder, 'passphrase')
writeFileSync(passphrase, 'a passphrase of this test\n')
afterAll(() => {
  delete process.env.SHELLWEGO_BACKUP_PASSPHRASE_FILE
  rmSync(folder, { recursive: true })
})

const sql = <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  runtime().databases.systemPool.query<T>(text, values).then(({ rows }) => rows)
const PLAN = { place: { kind: 'folder' as const, path: place }, hour: null }
const mails = () => sql<{ template: string }>("SELECT payload->>'template' AS template FROM graphile_worker._private_jobs").then(() => sql<{ subject: string }>('SELECT subject FROM mail ORDER BY created_at'))

beforeEach(async () => {
  process.env.SHELLWEGO_BACKUP_PASSPHRASE_FILE = passphrase
  setPortalArchives(createPortalArchives())
  setPlainMail()
  await sql('DELETE FROM portal_backup')
  await sql('DELETE FROM portal_backup_plan')
  rmSync(place, { recursive: true, force: true })
})

test('a backup by hand is written, read back, and listed with what a restore needs', async () => {
  const operator = await makeUser({ staff: true })
  await expect(operator.call(createPortalBackup, {})).rejects.toMatchObject({ code: 'state_conflict' })
  const plan = await operator.call(setPlan, PLAN)
  expect(plan).toMatchObject({ place: { kind: 'folder', path: place }, keep: { daily: 7, weekly: 4, monthly: 12 }, opened_by: 'passphrase', last_good_at: null, overdue: false })
  expect(plan.restore_command).toContain(`backup restore ${place}/NAME --passphrase-file`)
  expect(await testPlan.handle(metaFor(operator.actor, operator.brand), {})).toMatchObject({ ok: true })
  const begun = await operator.call(createPortalBackup, {})
  expect(begun).toMatchObject({ status: 'queued', kind: 'manual' })
  await expect(operator.call(createPortalBackup, {})).rejects.toMatchObject({ code: 'state_conflict' })
  await drainJobs()
  const made = await operator.call(getPortalBackup, { portal_backup_id: begun.id })
  expect(made).toMatchObject({ status: 'ready', progress: 1, code: null, proof_fault: null })
  expect(made.proven_at).not.toBeNull()
  expect(readdirSync(place)).toEqual([made.name])
  expect((await operator.call(listPortalBackups, {})).data.map((one) => one.id)).toEqual([begun.id])

  const file = path.join(place, made.name)
  const bytes = readFileSync(file)
  bytes[bytes.length - 500] = (bytes[bytes.length - 500] ?? 0) ^ 4
  writeFileSync(file, bytes)
  await operator.call(verifyPortalBackup, { portal_backup_id: begun.id })
  await drainJobs()
  expect((await operator.call(getPortalBackup, { portal_backup_id: begun.id })).proof_fault).toContain('damaged')
})

test('only the operator sees or makes any', async () => {
  const owner = await makeOwner()
  for (const op of [createPortalBackup, getPlan, listPortalBackups]) await expect(owner.call(op as typeof getPlan, {})).rejects.toMatchObject({ code: 'forbidden' })
})

test('what cannot be written is a failed backup with its reason and a mail; the folder may not be the data folder', async () => {
  const operator = await makeUser({ staff: true })
  await expect(operator.call(setPlan, { ...PLAN, place: { kind: 'folder', path: `${runtime().env.SHELLWEGO_DATA}/b` } })).rejects.toMatchObject({ code: 'rule_violated' })
  await expect(operator.call(setPlan, { ...PLAN, place: { kind: 'folder', path: 'here' } })).rejects.toMatchObject({ code: 'invalid_request' })
  writeFileSync(path.join(folder, 'file'), '')
  await operator.call(setPlan, { ...PLAN, place: { kind: 'folder', path: path.join(folder, 'file/below') } })
  const begun = await operator.call(createPortalBackup, {})
  await drainJobs()
  expect(await operator.call(getPortalBackup, { portal_backup_id: begun.id })).toMatchObject({ status: 'failed', code: 'place_failed' })
  expect((await mails()).some(({ subject }) => subject.length > 0)).toBe(true)
  expect(await operator.call(getPlan, {})).toMatchObject({ last_fault: expect.stringContaining('folder') as string })
})

test('the schedule makes one a day, keeps what the rule says, and raises the alarm when none comes about', async () => {
  const operator = await makeUser({ staff: true })
  const now = new Date()
  await operator.call(setPlan, { ...PLAN, hour: now.getUTCHours(), keep: { daily: 2, weekly: 1, monthly: 1 } })
  await sql("UPDATE portal_backup_plan SET created_at = now() - interval '90 days'")
  await tickBackups.run({})
  await drainJobs()
  await tickBackups.run({})
  await drainJobs()
  expect(readdirSync(place)).toHaveLength(1)
  await sql("UPDATE portal_backup SET taken_at = taken_at - interval '1 day'")
  await tickBackups.run({})
  await drainJobs()
  await sql("UPDATE portal_backup SET taken_at = taken_at - interval '1 day'")
  await tickBackups.run({})
  await drainJobs()
  await tickBackups.run({})
  expect(readdirSync(place).length).toBeLessThanOrEqual(3)
  expect((await operator.call(listPortalBackups, {})).data.length).toBe(readdirSync(place).length)

  await sql("UPDATE portal_backup SET taken_at = taken_at - interval '3 days'")
  await sql("UPDATE portal_backup_plan SET created_at = now() - interval '90 days', alarmed_at = NULL")
  const alarms = async () => (await sql("SELECT type FROM event WHERE type = 'operator.backup_overdue'")).length
  const before = await alarms()
  rmSync(place, { recursive: true, force: true })
  writeFileSync(place, 'in the way')
  await tickBackups.run({}).catch(() => undefined)
  expect(await operator.call(getPlan, {})).toMatchObject({ overdue: true })
  expect(await alarms()).toBe(before + 1)
  await tickBackups.run({}).catch(() => undefined)
  expect(await alarms()).toBe(before + 1)
})

test('a worker that died takes the same backup up again', async () => {
  const operator = await makeUser({ staff: true })
  await operator.call(setPlan, PLAN)
  const begun = await operator.call(createPortalBackup, {})
  await sql("UPDATE portal_backup SET state = 'running', progress = 0.5 WHERE id = $1", [begun.id])
  await drainJobs()
  expect(await operator.call(getPortalBackup, { portal_backup_id: begun.id })).toMatchObject({ status: 'ready' })
})
