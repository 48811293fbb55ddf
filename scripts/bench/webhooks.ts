import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { jobs, subscribeAll } from '../../server/compose.ts'
import { openQueue, type JobQueue } from '../../server/core/job.ts'
import { runtime } from '../../server/core/runtime.ts'
import { setProviders } from '../../server/domain/payments/index.ts'
import { handleHook } from '../../server/transport/inbound/hooks.ts'
import { measureBareRows } from './bare-rows.ts'
import { withCore } from './core.ts'
import { makeAttempts, paidRail, WEBHOOK_SECRET, type OpenAttempt } from './payments.ts'
import { cpuSeconds, databaseCpuSeconds } from './proc.ts'
import { quantile, type Figure } from './report.ts'

const BURST = Number(process.env['SHELLWEGO_BENCH_EVENTS'] ?? 3_000)
const SENDERS = 16
const PACED = { perSecond: 50, seconds: 10 }
const PORT = Number(process.env['SHELLWEGO_BENCH_PORT'] ?? 21_030)
const agent = new Agent({ keepAlive: true, maxSockets: SENDERS })

const bodyOf = ({ id, providerRef }: OpenAttempt): string => JSON.stringify({
  id: `evt_${id}`, object: 'event', type: 'checkout.session.completed', livemode: false, created: Math.floor(Date.now() / 1000),
  data: { object: { id: providerRef, object: 'checkout.session', metadata: { attempt_id: id } } },
})
const signature = (body: string): string => {
  const at = Math.floor(Date.now() / 1000)
  return `t=${at},v1=${createHmac('sha256', WEBHOOK_SECRET).update(`${at}.${body}`).digest('hex')}`
}

const post = (attempt: OpenAttempt): Promise<void> => new Promise((resolve, reject) => {
  const body = bodyOf(attempt)
  const headers = { 'content-type': 'application/json', 'stripe-signature': signature(body) }
  request({ host: '127.0.0.1', port: PORT, path: '/hooks/stripe', method: 'POST', agent, headers }, (answer) => {
    answer.resume()
    answer.on('end', () => { if (answer.statusCode === 200) resolve(); else reject(new Error(`answered ${answer.statusCode}`)) })
  }).on('error', reject).end(body)
})

const unpaid = async (): Promise<number> => {
  const { rows } = await runtime().databases.systemPool.query<{ n: number }>('SELECT count(*)::int AS n FROM payment_attempt WHERE state <> \'succeeded\'')
  return rows[0]?.n ?? -1
}

const sendAll = async (attempts: readonly OpenAttempt[]): Promise<void> => {
  const waiting = attempts.values()
  await Promise.all(Array.from({ length: SENDERS }, async () => { for (const attempt of waiting) await post(attempt) }))
}

/** From its arrival until the invoice is paid for everybody to see. */
const paced = async (attempts: readonly OpenAttempt[]): Promise<number[]> => {
  for (const attempt of attempts) {
    void post(attempt)
    await sleep(1000 / PACED.perSecond)
  }
  while (await unpaid() > 0) await sleep(20)
  const { rows } = await runtime().databases.systemPool.query<{ ms: number }>(
    `SELECT extract(epoch FROM i.paid_at - e.received_at)::float8 * 1000 AS ms FROM provider_event e JOIN payment_attempt p ON 'evt_' || p.id = e.dedupe_key
     JOIN invoice i ON i.id = p.invoice_id WHERE p.id = ANY($1)`, [attempts.map(({ id }) => id)])
  return rows.map(({ ms }) => ms)
}

/** Of this process and of the database. */
const cpu = async (): Promise<number> => cpuSeconds(process.pid) + await databaseCpuSeconds(runtime().databases.systemPool)

interface Spent { ms: number; cpuMsEach: number }
const spent = async (events: number, act: () => Promise<unknown>): Promise<Spent> => {
  const [begun, cpuBefore] = [performance.now(), await cpu()]
  await act()
  return { ms: performance.now() - begun, cpuMsEach: (await cpu() - cpuBefore) * 1000 / events }
}

const READY = 'SELECT 1 FROM graphile_worker._private_jobs WHERE run_at <= now() AND attempts < max_attempts LIMIT 1'
const drained = async (): Promise<void> => { while ((await runtime().databases.systemPool.query(READY)).rowCount) await sleep(50) }

const measure = async (burst: readonly OpenAttempt[], steady: readonly OpenAttempt[]): Promise<Figure[]> => {
  let queue: JobQueue | null = null
  try {
    const accepted = await spent(BURST, () => sendAll(burst))
    const applied = await spent(BURST, async () => {
      queue = await openQueue(runtime().databases.systemPool, [...jobs], { work: true })
      while (await unpaid() > steady.length) await sleep(20)
    })
    const told = await spent(BURST, drained)
    const seen = await paced(steady)
    const bare = await measureBareRows(burst.map(({ id }) => id))
    return [
      { what: 'signed events accepted', value: BURST / accepted.ms * 1000, unit: '/s' },
      { what: 'processor time to accept one', value: accepted.cpuMsEach, unit: 'ms' },
      { what: 'events applied: provider asked, booked, invoice paid', value: BURST / applied.ms * 1000, unit: '/s', reference: { what: 'the same rows written bare', value: bare } },
      { what: 'processor time to apply one', value: applied.cpuMsEach, unit: 'ms' },
      { what: 'after that, until receipts were mailed and nothing was left to do', value: told.ms / 1000, unit: 's' },
      { what: 'processor time for that, each', value: told.cpuMsEach, unit: 'ms' },
      { what: `until the invoice is paid, p50 at ${PACED.perSecond}/s`, value: quantile(seen, 0.5), unit: 'ms' },
      { what: `until the invoice is paid, p99 at ${PACED.perSecond}/s`, value: quantile(seen, 0.99), unit: 'ms' },
    ]
  } finally {
    await (queue as JobQueue | null)?.stop()
  }
}

/** Signed events of distinct payments over HTTP, and the worker that asks the provider and books each; portal and worker in one process. */
export async function measureWebhooks(): Promise<Figure[]> {
  return withCore(16, async () => {
    subscribeAll()
    const all = await makeAttempts(BURST + PACED.perSecond * PACED.seconds)
    setProviders([paidRail(all, 1)])
    const server = createServer((req, res) => void handleHook(req, res)).listen(PORT, '127.0.0.1')
    await once(server, 'listening')
    try {
      return await measure(all.slice(0, BURST), all.slice(BURST))
    } finally {
      server.closeAllConnections()
      server.close()
      agent.destroy()
    }
  })
}
