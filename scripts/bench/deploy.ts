import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import https from 'node:https'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { bootOnce } from '../../agent/drivers/vmm/bench-boot.ts'
import type { RunFile } from '../up/run-file.ts'
import { makeCustomer, withProduct, type Customer } from './product.ts'
import { quantile, type Figure } from './report.ts'

const ROUNDS = 5
/** Each look is a TLS handshake on the machine that boots the VM: looking more often would slow what is measured. */
const POLL_MS = 50
const DEADLINE_MS = 120_000

function statusOf(host: string, run: RunFile): Promise<number> {
  return new Promise((resolve) => {
    const request = https.get({
      host: '127.0.0.1', port: run.https_port, servername: host, headers: { host }, agent: false, timeout: 2000, ca: readFileSync(run.ca_file),
    })
    request.once('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    request.once('error', () => resolve(0)).once('timeout', () => request.destroy())
  })
}

/** API call until the app answers 200 over verified TLS. */
async function deployOnce(customer: Customer, { run, vms }: { run: RunFile; vms: string }, name: string): Promise<number> {
  const start = performance.now()
  const app = await customer.call<{ id: string }>('POST', '/apps', { name, image: 'builtin/hello:v1', port: 8080 })
  const host = `${name}.${run.apps_domain}`
  while (await statusOf(host, run) !== 200) {
    if (performance.now() - start > DEADLINE_MS) throw new Error(`${host} did not answer within ${DEADLINE_MS / 1000} s`)
    await sleep(POLL_MS)
  }
  const elapsed = performance.now() - start
  await customer.call('DELETE', `/apps/${app.id}`)
  // It drains and shuts down: neither the next one nor the raw boot is to share the processors with it.
  while ((await readdir(vms)).length > 0) await sleep(POLL_MS)
  return elapsed
}

/** The image is cached from the first round on; raw boots are measured on the same machine in between. */
export async function measureDeploy(): Promise<Figure[]> {
  return withProduct(async (product) => {
    const customer = await makeCustomer(product)
    const place = { run: product.run(), vms: path.join(product.data, 'vms') }
    const first = await deployOnce(customer, place, 'bench-first')
    const deploys: number[] = []
    const boots: Awaited<ReturnType<typeof bootOnce>>[] = []
    for (let round = 0; round < ROUNDS; round++) {
      deploys.push(await deployOnce(customer, place, `bench-${round}`))
      boots.push(await bootOnce({ guestDir: path.join(product.data, 'guest') }))
    }
    const raw = { what: 'raw boot of the same VM', value: quantile(boots.map(({ bareMs }) => bareMs), 0.5) }
    return [
      { what: 'first deployment, image not cached', value: first, unit: 'ms', reference: raw },
      {
        what: `API call to HTTP 200 over TLS, p50 of ${ROUNDS}`, value: quantile(deploys, 0.5), unit: 'ms', reference: raw,
        target: `<= ${Math.round(raw.value + 500)}`,
      },
      { what: 'of it a VM with disks, until its process runs, p50', value: quantile(boots.map(({ driverMs }) => driverMs), 0.5), unit: 'ms', reference: raw },
    ]
  })
}
