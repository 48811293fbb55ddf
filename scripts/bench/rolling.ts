import { setTimeout as sleep } from 'node:timers/promises'
import { makeCustomer, withProduct, type Customer } from './product.ts'
import type { Figure } from './report.ts'
import { SteadyLoad, type LoadCount } from './steady-load.ts'

const DEPLOYS = Number(process.env.SHELLWEGO_BENCH_DEPLOYS ?? 30)
const PER_SECOND = 25
const DEPLOY_MS = 300_000
const IMAGES = ['builtin/hello:v2', 'builtin/hello:v1']

interface Row { id: string; state: string; reason: string; error_detail: string | null }

const latest = async (customer: Customer, appId: string): Promise<Row> => {
  const { data: [row] } = await customer.call<{ data: Row[] }>('GET', `/apps/${appId}/deployments?limit=1`)
  if (!row) throw new Error('the app has no deployment')
  return row
}

/** The next one, whoever asked for it, until it serves. */
const succeeded = async (customer: Customer, appId: string, after: string | null): Promise<Row> => {
  for (const end = performance.now() + DEPLOY_MS; performance.now() < end; await sleep(250)) {
    const row = await latest(customer, appId)
    if (row.id === after || row.state === 'queued' || row.state === 'running') continue
    if (row.state === 'succeeded') return row
    throw new Error(`deployment ${row.id} ${row.state}: ${row.error_detail ?? ''}`)
  }
  throw new Error('the deployment did not end')
}

/** An image, a changed variable, a rotated secret, in turn. */
const change = async (customer: Customer, app: { id: string; secretId: string }, round: number): Promise<void> => {
  if (round % 3 === 0) await customer.call('POST', `/apps/${app.id}/deploy`, { image: IMAGES[round / 3 % 2] })
  else if (round % 3 === 1) {
    const { version } = await customer.call<{ version: number }>('GET', `/apps/${app.id}`)
    await customer.call('PATCH', `/apps/${app.id}`, { env: { HELLO_ROUND: String(round) } }, { 'if-match': `"${version}"` })
  } else await customer.call('POST', `/secrets/${app.secretId}/versions`, { value: `value ${round}`, redeploy: true })
}

const figures = (what: string, count: LoadCount, reference: LoadCount): Figure[] => [
  { what: `requests during ${what}`, value: count.total, unit: '' },
  { what: 'of them failed', value: count.failed, unit: '', target: '0' },
  { what: `failed of ${reference.total} requests without deployments`, value: reference.failed, unit: '' },
  { what: 'p50', value: count.p50Ms, unit: 'ms', reference: { what: 'without deployments', value: reference.p50Ms } },
  { what: 'p99', value: count.p99Ms, unit: 'ms', reference: { what: 'without deployments', value: reference.p99Ms } },
  { what: 'longest', value: count.maxMs, unit: 'ms', reference: { what: 'without deployments', value: reference.maxMs } },
]

/** Rolling deployments of two instances one after the other, under a load that never pauses. */
export const measureRolling = (): Promise<Figure[]> => withProduct(async (product) => {
  const customer = await makeCustomer(product)
  const wanted = { name: 'rolling', image: 'builtin/hello:v1', port: 8080, replicas: 2, resources: { memory: '128m' } }
  const app = await customer.call<{ id: string; hostnames: string[] }>('POST', '/apps', wanted)
  let last = await succeeded(customer, app.id, null)
  const secret = await customer.call<{ id: string }>('POST', '/secrets', { scope: 'app', app_id: app.id, name: 'KEY', value: 'value', redeploy: true })
  last = await succeeded(customer, app.id, last.id)
  const host = app.hostnames[0] ?? ''
  const load = new SteadyLoad(product.run(), host).start(PER_SECOND)
  await sleep(5_000)
  load.take()
  await sleep(30_000)
  const before = load.take()
  const start = performance.now()
  for (let round = 0; round < DEPLOYS; round++) {
    await change(customer, { id: app.id, secretId: secret.id }, round)
    last = await succeeded(customer, app.id, last.id)
    console.error(`${round + 1} of ${DEPLOYS}: ${last.reason}, ${Math.round((performance.now() - start) / 1_000)} s`)
  }
  // What leaves the edge last ends after the deployment is over.
  await sleep(8_000)
  const during = await load.stop()
  for (const fault of during.faults.slice(0, 50)) console.error(fault)
  return [...figures(`${DEPLOYS} deployments`, during, before), { what: 'one deployment', value: (performance.now() - start) / DEPLOYS / 1_000, unit: 's' }]
})
