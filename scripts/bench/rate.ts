import { closeDuePeriods, seedPriceLists } from '../../server/domain/billing/index.ts'
import { addCustomers, retireCustomers } from '../../server/domain/billing/testing/books.ts'
import { newId } from '../../server/core/id.ts'
import { runtime } from '../../server/core/runtime.ts'
import { makeOwner } from '../../server/testing/actors.ts'
import { withCore } from './core.ts'
import type { Figure } from './report.ts'

const CONNECTIONS = 8
/** `SHELLWEGO_BENCH_CUSTOMERS=1000,10000,100000` for all the issue names. */
const SIZES = (process.env.SHELLWEGO_BENCH_CUSTOMERS ?? '500,1000,2000').split(',').map(Number)
const BATCH = 50
const LOCKS = 2_000
const MOST_COPIES = 2000
const JOINED = new Date('2031-05-01T00:00:00Z')
const CLOSED = new Date('2031-06-01T00:00:00Z')

/** Two instances each, over most of the month; each customer is locked meanwhile, and a transaction holds only so many locks. */
const addUsage = async (ids: readonly string[]): Promise<void> => {
  for (let from = 0; from < ids.length; from += LOCKS) {
    await runtime().databases.systemPool.query(
      `INSERT INTO allocation_segment (id, org_id, app_id, instance_id, start_id, vcpu, memory_mib, started_at, ended_at)
       SELECT $2 || n || '_' || half, org, 'app_bench', 'inst_' || n, $2 || 's' || n || '_' || half, 2, 1024, '2031-05-02', '2031-05-28'
       FROM unnest($1::text[]) WITH ORDINALITY o(org, n), generate_series(1, 2) half`, [ids.slice(from, from + LOCKS), `${newId('segment')}_`])
  }
}

/** Copies of the same rows, as many to a statement, without deciding anything; taken back afterwards. */
async function insertBare(): Promise<number> {
  const client = await runtime().databases.systemPool.connect()
  try {
    const { rows } = await client.query<{ id: string }>('SELECT id FROM invoice LIMIT $1', [MOST_COPIES])
    await client.query('BEGIN')
    const start = performance.now()
    for (let n = 0; n < rows.length; n += BATCH) {
      await client.query(`INSERT INTO invoice SELECT (jsonb_populate_record(i, jsonb_build_object('id', i.id || 'x', 'number', i.number || 'x', 'period_start', i.period_start + interval '50 years'))).*
        FROM invoice i WHERE id = ANY($1)`, [rows.slice(n, n + BATCH).map(({ id }) => id)])
    }
    return rows.length / ((performance.now() - start) / 1000)
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
}

/** Closing a month for so many customers: usage summed, rated, booked, numbered, stored. */
export async function measureRate(): Promise<Figure[]> {
  return withCore(CONNECTIONS, async () => {
    const { brand } = await makeOwner()
    await runtime().databases.asSystem('job', (db) => seedPriceLists(db, brand.id, { now: new Date('2020-01-01T00:00:00Z') }))
    const figures: Figure[] = []
    for (const size of SIZES) {
      await retireCustomers()
      await addUsage(await addCustomers(brand.id, size, JOINED))
      const [start, cpu] = [performance.now(), process.cpuUsage()]
      const { invoiced, failed } = await closeDuePeriods(CLOSED)
      const seconds = (performance.now() - start) / 1000
      const { user, system } = process.cpuUsage(cpu)
      if (invoiced !== size || failed > 0) throw new Error(`${invoiced} of ${size} invoices, ${failed} failed`)
      figures.push({
        what: `a month of ${size} customers closed`, value: size / seconds, unit: 'invoices/s', target: '>= 200',
        reference: { what: 'INSERT of such rows alone', value: await insertBare() },
      }, { what: 'the same, processor time of an invoice in the portal', value: (user + system) / 1000 / size, unit: 'ms' })
    }
    return figures
  })
}
