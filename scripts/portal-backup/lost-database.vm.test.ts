import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { machines } from '../chaos/machines.ts'
import { killControlPlane, restoreNewest } from '../chaos/restore.ts'
import { makeProduct, type Product } from '../test/product.ts'

const OPERATOR = { email: 'operator@example.com', password: 'operator-passphrase' }
const folder = mkdtempSync(path.join(os.tmpdir(), 'lost-database-'))
let product: Product
let token = ''
let org = ''

beforeAll(async () => {
  product = await makeProduct({ SHELLWEGO_SETUP: `${OPERATOR.email}:${OPERATOR.password}` })
  await product.start()
}, 300_000)
afterAll(async () => {
  await product.remove()
  rmSync(folder, { recursive: true })
})

interface Stray { id: string; node_id: string; app: string | null; adoptable: boolean }
interface Answer { id: string; status: string; active: boolean; nodes: { heard: boolean }[]; strays: Stray[] }

async function api(method: string, at: string, body?: object): Promise<Answer> {
  const reply = await fetch(`${product.run().api}/v1${at}`, {
    method, headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}), ...(org ? { 'shellwego-organization': org } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await reply.text()
  if (!reply.ok) throw new Error(`${method} ${at}: ${reply.status} ${text}`)
  return JSON.parse(text) as Answer
}

async function until(what: string, reached: () => Promise<boolean>, limitMs = 180_000): Promise<void> {
  for (const end = Date.now() + limitMs; ;) {
    if (await reached().catch(() => false)) return
    if (Date.now() > end) throw new Error(`still waiting: ${what}`)
    await sleep(500)
  }
}

/** The virtual machines of this product, as processes of the host. */
const pids = (): number[] => machines(product.data).map(({ pid }) => pid).sort((a, b) => a - b)

const deploy = async (name: string): Promise<void> => {
  await api('POST', '/apps', { name, image: 'builtin/hello:v2', port: 8080 })
  await until(`${name} runs`, async () => (await api('GET', `/apps/${name}`)).status === 'running')
}

test('the database is lost and restored while the machines run: none of them ends', async () => {
  token = (await (await fetch(`${product.run().api}/v1/auth/token`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(OPERATOR) })).json() as { token: string }).token
  org = (await api('POST', '/organizations', { name: 'Acme' })).id
  await deploy('kept')
  await api('POST', '/admin/backup-plan', { place: { kind: 'folder', path: folder }, hour: null })
  const { id } = await api('POST', '/admin/backups', {})
  await until('the backup is good', async () => (await api('GET', `/admin/backups/${id}`)).status === 'ready')
  await deploy('later')
  const before = pids()
  expect(before).toHaveLength(2)

  await killControlPlane(product.data)
  expect(pids()).toEqual(before)
  const told = await restoreNewest(product, folder)
  expect(told).toContain('"keys": "open"')
  expect(pids()).toEqual(before)

  await product.start()
  await until('the node was heard and told of the machine', async () => {
    const { nodes, strays } = await api('GET', '/admin/recovery')
    return nodes.every((node) => node.heard) && strays.some((stray) => stray.app === 'later' && stray.adoptable)
  })
  const recovery = await api('GET', '/admin/recovery')
  expect(recovery.active).toBe(true)
  const stray = recovery.strays.find((one) => one.app === 'later')
  await expect(api('POST', '/apps', { name: 'too-early', image: 'builtin/hello:v2', port: 8080 })).rejects.toThrow('503')
  await api('POST', `/admin/recovery/${stray?.node_id}/${stray?.id}/adopt`, {})
  await api('POST', '/admin/recovery/resume', {})
  await until('both apps run', async () => (await api('GET', '/apps/kept')).status === 'running' && (await api('GET', '/apps/later')).status === 'running')
  await sleep(20_000)
  expect(pids()).toEqual(before)
  expect((await api('GET', '/apps/later')).status).toBe('running')
}, 600_000)
