import { chmodSync, mkdtempSync, readFileSync, rmdirSync, statSync } from 'node:fs'
import https from 'node:https'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCustomer, type Customer } from '../bench/product.ts'
import { buildStale } from '../build/build.ts'
import { checkout } from '../host/files.ts'
import { run } from '../host/run.ts'
import { makeProduct, type Product } from '../test/product.ts'

/** Made for this test: with a name, which PostgreSQL wants, and a range of subordinate ids, which useradd gives. */
const USER = `shellwego-trial-${process.pid}`
const DEADLINE_MS = 60_000

const modeBefore = statSync(checkout).mode
let home: string
let product: Product
let customer: Customer

interface Deployment { state: string; error_code: string | null; error_detail: string | null }

async function deployment(app: string): Promise<Deployment> {
  const end = performance.now() + DEADLINE_MS
  while (performance.now() < end) {
    const { data: [latest] } = await customer.call<{ data: Deployment[] }>('GET', `/apps/${app}/deployments`)
    if (latest && !['queued', 'running'].includes(latest.state)) return latest
    await sleep(100)
  }
  throw new Error(`the deployment did not end:\n${readFileSync(path.join(product.data, 'logs/agent.log'), 'utf8').slice(-3000)}`)
}

beforeAll(async () => {
  await buildStale()
  chmodSync(checkout, modeBefore | 0o055) // a clone made in a closed folder is closed too
  home = mkdtempSync(path.join(os.tmpdir(), 'shellwego-checkout-'))
  await run(['mount', '--bind', checkout, home])
  await run(['useradd', '--no-create-home', USER])
  const uid = Number(await run(['id', '-u', USER]))
  product = await makeProduct({ SHELLWEGO_SETUP: 'operator@bench.test:bench-operator-password' }, { uid, checkout: home })
  await product.start()
  customer = await makeCustomer(product)
}, 300_000)

afterAll(async () => {
  await product.remove()
  await run(['umount', home])
  rmdirSync(home)
  chmodSync(checkout, modeBefore)
  await run(['userdel', USER])
})

test('without root an app is deployed and answers over verified TLS', async () => {
  const app = await customer.call<{ id: string; hostnames: string[] }>('POST', '/apps', { name: 'hello', image: 'builtin/hello:v1', port: 8080 })
  expect(await deployment(app.id)).toMatchObject({ state: 'succeeded', error_detail: null })
  const [host = ''] = app.hostnames
  const { https_port: port, ca_file: ca } = product.run()
  const body = await new Promise<string>((resolve, reject) => {
    https.get({ host: '127.0.0.1', port, servername: host, headers: { host }, agent: false, ca: readFileSync(ca) }, (response) => {
      response.setEncoding('utf8').toArray().then((chunks) => resolve(chunks.join('')), reject)
    }).once('error', reject)
  })
  expect(body).toContain('Hello v1')
}, 180_000)

test('an app that needs others is refused with what to do', async () => {
  const { steps } = await customer.call<{ steps: { app_id: string }[] }>('POST', '/installs', { catalog_id: 'guestbook', name: 'notes', parameters: {} })
  const seen: Deployment[] = []
  const end = performance.now() + DEADLINE_MS
  while (performance.now() < end && !seen.some(({ state }) => state === 'failed')) {
    seen.length = 0
    for (const { app_id: app } of steps) seen.push(...(await customer.call<{ data: Deployment[] }>('GET', `/apps/${app}/deployments`)).data)
    await sleep(200)
  }
  expect(seen.find(({ state }) => state === 'failed')).toMatchObject({ error_code: 'needs_root_networking', error_detail: expect.stringContaining('root') })
}, 180_000)
