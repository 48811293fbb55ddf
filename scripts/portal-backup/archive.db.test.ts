import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createPortalArchives } from '../../server/adapters/portal-archive/index.ts'
import { runtime } from '../../server/core/runtime.ts'
import { withRuntime } from '../../server/testing/runtime.ts'
import { urlsOf, type TestDatabase } from '../db/testing.ts'
import { ask, dropAll, emptyDatabase, everything, superuserOf, TABLES } from './testing.ts'
import { restoreDatabase } from './restore-database.ts'

const archives = createPortalArchives()
const PASSPHRASE = 'a passphrase of this test'
const folder = mkdtempSync(path.join(os.tmpdir(), 'portal-archive-'))
let source: Omit<TestDatabase, 'drop'>
async function fill(): Promise<void> {
  const { makeEstate } = await import('../../server/testing/estate.ts')
  await makeEstate()
  const { systemPool } = runtime().databases
  await systemPool.query("SELECT graphile_worker.add_job('mail.send', '{\"to\": \"line\\nbreak\"}')")
  await systemPool.query("SELECT ensure_usage_partition('2026-11-01'), ensure_usage_partition('2026-12-01')")
  await systemPool.query(`INSERT INTO event (id, type, subject_type, subject_id, actor, data) SELECT 'evt_' || n, 'test.happened', 'app', 'app_' || n, '{}'::jsonb,
    jsonb_build_object('text', E'tab\t, \\\\N, line\n end ' || repeat('x', 200)) FROM generate_series(1, 4000) n`)
}

const made1 = async (): Promise<Buffer> => {
  const { archive, summary } = await archives.write({
    databaseUrl: source.systemUrl, lock: { passphrase: PASSPHRASE }, data: path.join(folder, 'data'), environment: { SHELLWEGO_MODE: 'sandbox', SHELLWEGO_KEY_PASSPHRASE: 'never' }, now: new Date(),
  })
  const bytes = await buffer(archive)
  expect(summary()?.rows).toBeGreaterThan(4000)
  return bytes
}
interface Over { passphrase?: string; force?: boolean; files?: Map<string, string> }
const restore = (database: TestDatabase, bytes: Buffer, over: Over = {}) => restoreDatabase({
  ownerUrl: database.ownerUrl, systemUrl: database.systemUrl, archive: Readable.from([bytes], { objectMode: false }),
  key: { passphrase: over.passphrase ?? PASSPHRASE }, force: over.force ?? false,
  file: async (name, body) => { over.files?.set(name, body.toString()) },
})

withRuntime()
beforeAll(async () => {
  const { DATABASE_URL_SYSTEM: url } = runtime().env
  source = urlsOf(inject('testServer'), new URL(url).pathname.slice(1))
  for (const [name, text] of [['secrets/keys.json', '{"keys":1}'], ['secrets/key-passphrase', 'topmost-secret'], ['secrets/db-owner', 'pw'], ['edge/storage/pki/root.crt', 'CERT']] as const) {
    mkdirSync(path.dirname(path.join(folder, 'data', name)), { recursive: true })
    writeFileSync(path.join(folder, 'data', name), text)
  }
  await fill()
})
afterAll(async () => {
  await dropAll()
  rmSync(folder, { recursive: true })
})

test('what is restored is what was there: every row, every guard, every right, every number given away', async () => {
  const bytes = await made1()
  const target = await emptyDatabase()
  const files = new Map<string, string>()
  await restore(target, bytes, { files })
  const [before, after] = [await everything(source), await everything(target)]
  expect(after).toEqual(before)
  expect([...files.keys()].sort()).toEqual(['edge/storage/pki/root.crt', 'secrets/keys.json', 'settings.env'])
  expect(files.get('settings.env')).toBe("SHELLWEGO_MODE='sandbox'\n")
  expect(await ask(target.systemUrl, 'SELECT recovering_since IS NOT NULL AS recovering, backup_taken_at IS NOT NULL AS dated FROM control_epoch')).toEqual([{ recovering: true, dated: true }])
  const epochs = await Promise.all([source, target].map((one) => ask<{ epoch: string }>(one.systemUrl, 'SELECT epoch FROM control_epoch')))
  expect(epochs[1]).not.toEqual(epochs[0])
})

test('an installation is not written over unless that is wanted', async () => {
  const bytes = await made1()
  const target = await emptyDatabase()
  await restore(target, bytes)
  await expect(restore(target, bytes)).rejects.toMatchObject({ code: 'not_empty' })
  await ask(superuserOf(target), 'UPDATE "user" SET name = $1', ['somebody else'])
  await restore(target, bytes, { force: true })
  expect(await everything(target)).toEqual(await everything(source))
})

test('other tools can read it', async () => {
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption')
  const identity = await generateX25519Identity()
  const { archive } = await archives.write({ databaseUrl: source.systemUrl, lock: { recipient: await identityToRecipient(identity) }, data: path.join(folder, 'data'), environment: {}, now: new Date() })
  const file = path.join(folder, 'a.tar.gz')
  const { opened } = await import('../../server/adapters/portal-archive/sealing.ts')
  writeFileSync(file.replace('.gz', ''), await buffer(await opened(archive, { identity })))
  const names = execFileSync('tar', ['-tf', file.replace('.gz', '')], { encoding: 'utf8' }).trim().split('\n')
  expect(names[0]).toBe('manifest.json')
  expect(names.at(-1)).toBe('end.json')
  expect(names).toContain('files/secrets/keys.json')
  expect(readFileSync(file.replace('.gz', '')).includes('topmost-secret')).toBe(false)
})

test('a wrong passphrase, a stranger\'s file and damage anywhere are refused, and nothing is restored', async () => {
  const bytes = await made1()
  const target = await emptyDatabase()
  const tables = async () => (await ask(superuserOf(target), TABLES)).length
  await expect(restore(target, bytes, { passphrase: 'another passphrase' })).rejects.toMatchObject({ code: 'wrong_key' })
  await expect(restore(target, Buffer.from('not a backup at all\n'.repeat(50)))).rejects.toMatchObject({ code: 'not_a_backup' })
  expect(await tables()).toBe(0)
  for (const share of [0.001, 0.2, 0.5, 0.9, 0.9999]) {
    const hurt = Buffer.from(bytes)
    const at = Math.max(300, Math.floor(bytes.length * share))
    hurt[at] = (hurt[at] ?? 0) ^ 1
    await expect(restore(target, hurt), `byte ${at}`).rejects.toMatchObject({ code: 'damaged' })
  }
  for (const share of [0, 0.01, 0.3, 0.7, 0.99]) {
    const code = await restore(target, bytes.subarray(0, Math.floor(bytes.length * share))).then(() => 'restored', (error: { code?: string }) => error.code)
    expect(['damaged', 'incomplete', 'not_a_backup'], `cut at ${share}`).toContain(code)
  }
  await restore(target, bytes)
  expect(await everything(target)).toEqual(await everything(source))
})
