import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createPortalArchives } from '../server/adapters/portal-archive/index.ts'
import { runtime } from '../server/core/runtime.ts'
import { setPlan, setPortalArchives } from '../server/domain/portal-backups/index.ts'
import { makeUser } from '../server/testing/actors.ts'
import { tokenOf, withApi } from '../server/testing/api.ts'
import { drainJobs, withRuntime } from '../server/testing/runtime.ts'
import { withCli } from './testing/run-cli.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 25_650, PORT: 25_651 })
const api = withApi()
const cli = withCli()
const folder = mkdtempSync(path.join(os.tmpdir(), 'cli-backup-'))
const passphrase = path.join(folder, 'passphrase')
writeFileSync(passphrase, 'a passphrase of this test')
process.env.SHELLWEGO_BACKUP_PASSPHRASE_FILE = passphrase
afterAll(() => {
  delete process.env.SHELLWEGO_BACKUP_PASSPHRASE_FILE
  rmSync(folder, { recursive: true })
})

test('the operator backs up, lists and checks a backup; what cannot be opened is told apart', async () => {
  setPortalArchives(createPortalArchives())
  const operator = await makeUser({ staff: true })
  const env = { SHELLWEGO_URL: api.url(), SHELLWEGO_TOKEN: await tokenOf(operator.actor) }
  const run = (...args: string[]) => cli.call(args, { env })
  expect(await run('backup', 'create')).toMatchObject({ code: 5, stderr: expect.stringContaining('where backups go') as string })
  await operator.call(setPlan, { place: { kind: 'folder', path: path.join(folder, 'kept') }, hour: null })
  expect(await run('backup', 'create', '--no-wait')).toMatchObject({ code: 0 })
  await drainJobs()
  expect((await run('backup', 'list', '-o', 'plain')).stdout).toContain('ready')
  const file = path.join(folder, 'kept', readdirSync(path.join(folder, 'kept'))[0] ?? '')
  expect((await run('backup', 'verify', file, '--passphrase-file', passphrase)).stderr).toContain('Whole: taken')
  expect(await run('backup', 'verify', file)).toMatchObject({ code: 4, stderr: expect.stringContaining('--passphrase-file or --identity-file') as string })
  writeFileSync(path.join(folder, 'other'), 'another passphrase')
  expect(await run('backup', 'verify', file, '--passphrase-file', path.join(folder, 'other'))).toMatchObject({ code: 1, stderr: expect.stringContaining('does not open') as string })
  expect(await run('backup', 'verify', '/nowhere/x', '--passphrase-file', passphrase)).toMatchObject({ code: 4 })
  expect(await run('backup', 'restore', file, '--passphrase-file', passphrase)).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') as string })
})

test('the recovery is told and ended', async () => {
  const operator = await makeUser({ staff: true })
  const env = { SHELLWEGO_URL: api.url(), SHELLWEGO_TOKEN: await tokenOf(operator.actor) }
  const run = (...args: string[]) => cli.call(args, { env })
  expect((await run('recovery', 'status')).stderr).toContain('Not recovering')
  expect(await run('recovery', 'resume', '--yes')).toMatchObject({ code: 5 })
  await runtime().databases.systemPool.query('UPDATE control_epoch SET recovering_since = now(), resumed_at = NULL')
  expect((await run('recovery', 'status')).stderr).toContain('Recovering since')
  expect(await run('recovery', 'adopt', 'node_x', 'inst_x')).toMatchObject({ code: 4 })
  expect(await run('recovery', 'resume', '--yes')).toMatchObject({ code: 0 })
})
