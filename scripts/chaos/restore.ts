import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { signIn } from '../bench/product.ts'
import { checkout } from '../host/files.ts'
import { waitForExit, type ProcessIdentity } from '../host/process.ts'
import { run } from '../host/run.ts'
import type { Product } from '../test/product.ts'
import { readJournal } from '../up/journal.ts'
import { signal } from './signal.ts'

const LIMIT_MS = 180_000

interface Recovery { active: boolean; nodes: { heard: boolean }[]; strays: { id: string; node_id: string; decision: string | null }[] }

/** As a power cut of the control plane alone: nobody says goodbye. The supervisor first, so that nothing is started again. */
export async function killControlPlane(data: string): Promise<void> {
  const supervisor = JSON.parse(readFileSync(path.join(data, 'supervisor.lock'), 'utf8')) as ProcessIdentity
  signal(supervisor.pid, 'SIGKILL')
  await waitForExit(supervisor, 10_000)
  const parts = Object.values(readJournal(data))
  for (const { pid } of parts) signal(pid, 'SIGKILL')
  for (const identity of parts) await waitForExit(identity, 10_000)
}

/** Puts the newest backup of the folder in the place of the database, which is gone. */
export async function restoreNewest(product: Product, folder: string): Promise<string> {
  const database = path.join(product.data, 'pg')
  // The folder itself may be a disk.
  for (const entry of readdirSync(database)) rmSync(path.join(database, entry), { recursive: true })
  const file = readdirSync(folder).sort().at(-1) ?? ''
  return run([process.execPath, path.join(checkout, 'scripts/shellwego.mjs'), 'backup', 'restore', path.join(folder, file),
    '--passphrase-file', path.join(product.data, 'secrets/key-passphrase'), '--yes', '--json'], { cwd: checkout, env: { ...process.env, ...product.env } })
}

async function until<T>(what: string, look: () => Promise<T | null | false>): Promise<T> {
  for (const end = Date.now() + LIMIT_MS; ; await sleep(500)) {
    const found = await look().catch(() => null)
    if (found) return found
    if (Date.now() > end) throw new Error(`still waiting: ${what}`)
  }
}

/** Each time by a sign-in of its own: what an operator does here wants one that is fresh. */
async function asOperator<T>({ run: running }: Product, method: string, route: string, body?: object): Promise<T> {
  const { api } = running()
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await signIn(api)}` }
  const reply = await fetch(`${api}/v1${route}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
  if (!reply.ok) throw new Error(`${method} ${route}: ${reply.status} ${await reply.text()}`)
  return await reply.json() as T
}

/** A backup of the installation in a folder of its own; resolves when it was proven good. */
export async function takeBackup(product: Product): Promise<string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shellwego-chaos-backup-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  await until('the plan of backups is taken', () => asOperator(product, 'POST', '/admin/backup-plan', { place: { kind: 'folder', path: folder }, hour: null }))
  const { id } = await until('the backup is begun', () => asOperator<{ id: string }>(product, 'POST', '/admin/backups', {}))
  await until('the backup is good', async () => (await asOperator<{ status: string }>(product, 'GET', `/admin/backups/${id}`)).status === 'ready')
  return folder
}

/** The database is lost, and an older one takes its place, while agents and machines know better. What the backup does not know is removed. */
export async function loseDatabase(product: Product, folder: string): Promise<void> {
  await killControlPlane(product.data)
  await restoreNewest(product, folder)
  await product.start()
  const heard = (): Promise<Recovery | false> => asOperator<Recovery>(product, 'GET', '/admin/recovery').then((found) => found.active && found.nodes.every((node) => node.heard) && found)
  await until('every node was heard', heard)
  // What runs there is told with the first complete report.
  await sleep(15_000)
  const { strays } = await until('what the nodes run is known', heard)
  for (const stray of strays.filter(({ decision }) => decision === null)) await asOperator(product, 'POST', `/admin/recovery/${stray.node_id}/${stray.id}/remove`, {})
  await asOperator(product, 'POST', '/admin/recovery/resume', {})
}
