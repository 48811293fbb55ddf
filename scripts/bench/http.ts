import { spawn } from 'node:child_process'
import path from 'node:path'
import readline from 'node:readline'
import { HealthCheckInput } from '../../server/contract/app.ts'
import { newId } from '../../server/core/id.ts'
import type { Product } from '../test/product.ts'
import { load, type Target } from './load.ts'
import { joinPortal } from './portal-core.ts'
import { makeCustomer, withProduct } from './product.ts'
import type { Figure } from './report.ts'

const CONNECTIONS = 10
const WARM_MS = 2000
const MEASURE_MS = 5000
const APPS = 20

async function withPlainServer<T>(bytes: number, work: (port: number) => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'plain-server.ts'), String(bytes)], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    for await (const line of readline.createInterface({ input: child.stdout })) return await work(Number(line))
    throw new Error('the reference server did not start')
  } finally {
    child.kill()
  }
}

/** Rows only: what is measured is reading. */
async function insertApps(product: Product, orgId: string): Promise<void> {
  const core = await joinPortal(product)
  await core.runtime.databases.asSystem('job', async (db) => {
    for (let index = 0; index < APPS; index++) {
      await db.app.create({ data: {
        id: newId('app'), orgId, name: `app-${index}`, image: 'builtin/hello:v1', command: [],
        vcpu: 1, memoryMib: 128, diskMib: 512, replicas: 1, health: HealthCheckInput.parse({}),
      } })
    }
  })
  await core.stop()
}

async function measured(what: string, target: Target): Promise<Figure[]> {
  await load(target, CONNECTIONS, WARM_MS)
  const result = await load(target, CONNECTIONS, MEASURE_MS)
  const size = (await (await fetch(`http://127.0.0.1:${target.port}${target.path}`, { headers: target.headers ?? {} })).text()).length
  const plain = await withPlainServer(size, async (port) => {
    await load({ port, path: '/' }, CONNECTIONS, WARM_MS)
    return load({ port, path: '/' }, CONNECTIONS, MEASURE_MS)
  })
  const reference = `plain node:http of ${size} bytes`
  return [
    { what: `${what}, ${CONNECTIONS} connections`, value: result.perSecond, unit: 'req/s', reference: { what: reference, value: plain.perSecond }, target: '>= 1500' },
    { what: `${what}, p95`, value: result.p95Ms, unit: 'ms', reference: { what: reference, value: plain.p95Ms }, target: '<= 50' },
  ]
}

/** Hot reads over REST and tRPC. */
export async function measureHttp(): Promise<Figure[]> {
  return withProduct(async (product) => {
    const customer = await makeCustomer(product)
    await insertApps(product, customer.organizationId)
    const port = Number(new URL(product.run().api).port)
    const input = encodeURIComponent(JSON.stringify({ organization_id: customer.organizationId }))
    return [
      ...await measured(`REST list of ${APPS} apps`, { port, path: '/v1/apps', headers: customer.headers }),
      ...await measured(`tRPC list of ${APPS} apps`, { port, path: `/api/trpc/apps.list?input=${input}`, headers: customer.headers }),
      ...await measured('REST invoice list', { port, path: '/v1/invoices', headers: customer.headers }),
    ]
  })
}
