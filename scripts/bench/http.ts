import { spawn } from 'node:child_process'
import path from 'node:path'
import readline from 'node:readline'
import { HealthCheckInput } from '../../server/contract/app.ts'
import { newId } from '../../server/core/id.ts'
import type { Product } from '../test/product.ts'
import { load, type Target } from './load.ts'
import { joinPortal } from './portal-core.ts'
import { makeCustomer, withProduct, type Customer } from './product.ts'
import type { Figure } from './report.ts'

const CONNECTIONS = 10
const WARM_MS = 2000
const MEASURE_MS = 5000
const APPS = 20
const CUSTOMERS = 4

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

async function measured(what: string, targets: readonly [Target, ...Target[]]): Promise<Figure[]> {
  await load(targets, CONNECTIONS, WARM_MS)
  const result = await load(targets, CONNECTIONS, MEASURE_MS)
  const [target] = targets
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
    const port = Number(new URL(product.run().api).port)
    // A token may ask 50,000 times a minute; several show what the portal can do.
    const customers: Customer[] = []
    for (let i = 0; i < CUSTOMERS; i++) customers.push(await makeCustomer(product))
    for (const { organizationId } of customers) await insertApps(product, organizationId)
    const askedBy = (path: string): readonly [Target, ...Target[]] => {
      const [first, ...others] = customers.map(({ headers }): Target => ({ port, path, headers }))
      if (!first) throw new Error('nobody asks')
      return [first, ...others]
    }
    return [
      ...await measured(`REST list of ${APPS} apps`, askedBy('/v1/apps')),
      ...await measured(`tRPC list of ${APPS} apps`, askedBy(`/api/trpc/apps.list?input=${encodeURIComponent('{}')}`)),
      ...await measured('REST invoice list', askedBy('/v1/invoices')),
    ]
  })
}
