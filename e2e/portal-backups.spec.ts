import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import pg from 'pg'
import { ensureOperator, lookAt, OPERATOR, product, signIn, tokenOfOperator, visit } from './journey.ts'

test.describe.configure({ mode: 'serial' })

const folder = mkdtempSync(path.join(os.tmpdir(), 'backups-of-the-installation-'))
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

const sql = async (text: string, values: unknown[] = []): Promise<void> => {
  const { data } = product()
  const { postgres: port } = JSON.parse(readFileSync(path.join(data, 'ports.json'), 'utf8')) as { postgres: number }
  const password = readFileSync(path.join(data, 'secrets', 'db-system'), 'utf8').trim()
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'shellwego_system', password, database: 'shellwego' })
  await client.connect()
  await client.query(text, values)
  await client.end()
}

test('the operator says where backups go, tries the place, makes one, and reads it back', async ({ page, request }) => {
  await ensureOperator(request)
  await signIn(page, product().url, OPERATOR)
  await visit(page, `${product().url}/admin/backups`)
  await expect(page.getByRole('heading', { name: 'No backup yet' })).toBeVisible()
  await lookAt(page, 'backups-empty')
  await page.getByRole('button', { name: 'Say where they go' }).click()
  await page.getByLabel('Folder', { exact: true }).fill('somewhere')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Enter a path that begins with /.').first()).toBeVisible()
  await lookAt(page, 'backups-plan')
  await page.getByLabel('Folder', { exact: true }).fill(folder)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Try it' }).click()
  await expect(page.getByText('Written, read, listed and removed.')).toBeVisible()
  await page.getByRole('button', { name: 'Back up now' }).click()
  await expect(page.getByText('good', { exact: true })).toBeVisible({ timeout: 60_000 })
  await lookAt(page, 'backups')
  const [file = ''] = readdirSync(folder)
  await page.getByRole('button', { name: /^Read back shellwego-/ }).click()
  await expect(page.getByText('It is being read back')).toBeVisible()

  const cli = (...argv: string[]) => spawnSync('npx', ['--no-install', 'shellwego', ...argv], { encoding: 'utf8', env: { ...process.env, SHELLWEGO_TOKEN: token } })
  const token = await tokenOfOperator(request)
  expect(cli('backup', 'list', '--json').stdout).toContain(file)
  const verified = cli('backup', 'verify', path.join(folder, file), '--passphrase-file', path.join(product().data, 'secrets/key-passphrase'))
  expect(verified.stderr + verified.stdout).toContain('Whole: taken')
  const refused = cli('backup', 'restore', path.join(folder, file), '--passphrase-file', path.join(product().data, 'secrets/key-passphrase'), '--yes')
  expect(refused.stderr).toContain('already running')
  expect(refused.status).not.toBe(0)
})

test('after a restore the operator sees what the backup does not know, and resumes', async ({ page }) => {
  await sql("UPDATE control_epoch SET recovering_since = now() - interval '1 minute', backup_taken_at = now() - interval '5 hours', resumed_at = NULL")
  const spec = {
    org_id: 'org_gone', app_id: 'app_later', app_name: 'made-later', release: 1, deployment_id: null, image: 'builtin/hello:v1', command: null, env: {}, vcpu: 1, memory_mib: 128, disk_mib: 64, port: 8080,
    network: { id: 'n', address: '10.64.1.9/24', gateway: '10.64.1.1', mac: '02:50:0a:40:01:09' }, internal_name: 'made-later', volumes: [],
    health: { path: '/', interval_s: 1, timeout_s: 1, healthy: 1, unhealthy: 2, grace_s: 30 }, restart: { policy: 'always', max_in_window: 3, window_s: 600 }, stop: { timeout_s: 1 },
  }
  for (const [kind, id, said] of [['vm', 'inst_later', spec], ['volume', 'vol_later', null]] as const) {
    await sql('INSERT INTO stray (node_id, kind, id, phase, generation, spec, status) SELECT id, $1, $2, $3, 1, $4, $5 FROM node LIMIT 1', [kind, id, 'running', said && JSON.stringify(said), '{}'])
  }
  await signIn(page, product().url, OPERATOR)
  await visit(page, `${product().url}/admin/backups`)
  await expect(page.getByText('Restored and waiting for you.')).toBeVisible()
  await expect(page.getByText('Its organization is not in the backup.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Adopt made-later' })).toBeDisabled()
  await lookAt(page, 'recovery')
  await page.getByRole('button', { name: 'Remove made-later' }).click()
  await expect(page.getByText('goes', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByText('Apps deleted since the backup start again')).toBeVisible()
  await lookAt(page, 'recovery-resume')
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByText('Restored and waiting for you.')).toBeHidden()
  await sql('DELETE FROM stray')
})
