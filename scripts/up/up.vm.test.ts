import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import https from 'node:https'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkout } from '../host/files.ts'
import { isAlive, waitForExit, type ProcessIdentity } from '../host/process.ts'
import { run } from '../host/run.ts'
import { makeProduct, type Product } from '../test/product.ts'
import { readJournal } from './journal.ts'
import { STOP_ORDER } from './supervisor.ts'

let product: Product

beforeAll(async () => {
  product = await makeProduct()
  await product.start()
}, 300_000)
afterAll(() => product.remove())

async function health(): Promise<number> {
  return fetch(`${product.run().api}/health`).then(({ status }) => status, () => 0)
}

function partsAlive(): string[] {
  return Object.entries(readJournal(product.data)).filter(([, identity]) => isAlive(identity)).map(([name]) => name)
}

function supervisor(): ProcessIdentity {
  return JSON.parse(readFileSync(path.join(product.data, 'supervisor.lock'), 'utf8')) as ProcessIdentity
}

/** Processes that name the data folder in their arguments: parts, and whatever they left behind. */
function processesOfProduct(): string[] {
  return globSync('/proc/[0-9]*/cmdline').flatMap((file) => {
    try {
      const line = readFileSync(file, 'utf8').replaceAll('\0', ' ')
      return line.includes(product.data) ? [line] : []
    } catch {
      return []
    }
  })
}

const npm = (script: string): Promise<string> =>
  run([process.execPath, path.join(checkout, `scripts/${script}.mjs`)], { cwd: checkout, env: { ...process.env, ...product.env } })

test('every part runs, and run.json names addresses that answer', async () => {
  expect(partsAlive().sort()).toEqual([...STOP_ORDER].sort())
  expect(await health()).toBe(200)
  expect(product.run()).toMatchObject({ apps_domain: 'apps.localhost', url: `https://console.localhost:${product.env.SHELLWEGO_HTTPS_PORT}` })
  expect(existsSync(product.run().ca_file)).toBe(true)
})

test('the certificate of the console is signed by the authority that run.json names', async () => {
  const run = product.run()
  const ask = (ca: string | undefined): Promise<number> => new Promise((resolve, reject) => {
    https.get({
      host: '127.0.0.1', port: run.https_port, path: '/health', servername: 'console.localhost', headers: { host: 'console.localhost' }, agent: false,
      ...(ca ? { ca } : {}),
    }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    }).once('error', reject)
  })
  expect(await ask(readFileSync(run.ca_file, 'utf8'))).toBe(200)
  await expect(ask(undefined)).rejects.toThrow('certificate')
})

test('secrets and data are closed to others', () => {
  for (const name of ['secrets', 'pg', 'edge', 'registry', 'agent', 'logs']) {
    expect(statSync(path.join(product.data, name)).mode & 0o077, name).toBe(0)
  }
  for (const file of globSync(`${product.data}/secrets/*`)) expect(statSync(file).mode & 0o777, file).toBe(0o600)
})

test('the image registry refuses writes', async () => {
  const registry = `http://127.0.0.1:${product.env.SHELLWEGO_REGISTRY_PORT}/v2`
  const accept = { headers: { accept: 'application/vnd.oci.image.manifest.v1+json' } }
  expect((await fetch(`${registry}/hello/manifests/v1`, accept)).status).toBe(200)
  expect((await fetch(`${registry}/hello/blobs/uploads/`, { method: 'POST' })).status).toBe(405)
})

test('a second start on the same data refuses', async () => {
  await expect(npm('up')).rejects.toThrow(/already running .* Stop it with: npm run down/)
})

test.each(STOP_ORDER)('%s comes back after kill -9, and the product is healthy again', async (name) => {
  const before = readJournal(product.data)[name]
  expect(before).toBeDefined()
  if (!before) return
  process.kill(before.pid, 'SIGKILL')
  await waitForExit(before, 5000)
  await expect.poll(() => readJournal(product.data)[name]?.pid, { timeout: 20_000 }).not.toBe(before.pid)
  await expect.poll(health, { timeout: 30_000 }).toBe(200)
})

test('parts outlive a killed supervisor; the next start ends them and takes over', async () => {
  const parts = readJournal(product.data)
  const killed = supervisor()
  process.kill(killed.pid, 'SIGKILL')
  await waitForExit(killed, 5000)
  expect(partsAlive()).toHaveLength(STOP_ORDER.length)
  await product.start()
  expect(Object.values(parts).filter(isAlive)).toEqual([])
  expect(await health()).toBe(200)
})

test('SIGTERM leaves no process, and down has nothing more to do', async () => {
  await product.stop()
  expect(processesOfProduct()).toEqual([])
  expect(existsSync(path.join(product.data, 'run.json'))).toBe(false)
  expect(await npm('down')).toContain('down')
})

test('down ends what a killed supervisor left', async () => {
  await product.start()
  const killed = supervisor()
  process.kill(killed.pid, 'SIGKILL')
  await waitForExit(killed, 5000)
  expect(await npm('down')).toContain('ended what was left over')
  expect(processesOfProduct()).toEqual([])
})
