import { createHash } from 'node:crypto'
import { DomainError } from '../../core/error.ts'
import { runtime } from '../../core/runtime.ts'
import { closeDuePeriods, expireDueCredits, settleSubscriptions } from '../../domain/billing/index.ts'
import { createOrganization } from '../../domain/orgs/index.ts'
import { makeUser, type Caller } from '../actors.ts'
import { chooseDeed, type Customer } from './deeds.ts'
import { runJobs, together } from './jobs.ts'
import { chanceFrom, type Chance } from './random.ts'
import { MARKET_CURRENCIES, openShop } from './seller.ts'

const ZONES = ['Africa/Lagos', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland', 'Europe/London', 'UTC'] as const
const COUNTRIES = ['NG', 'US', 'JP', 'KW'] as const
const HALF_DAY_MS = 43_200_000
/** Deeds of one customer in a day, on average. */
const DEEDS_A_DAY = 0.25
/** Between the seeds of two customers. */
const SPREAD = 7919

export interface YearOptions { seed: number; customers: number; days: number; from: Date; setNow(now: Date): void }
export interface YearReport {
  brandId: string
  /** Of every entry in the books, without ids and numbers: the same seed gives the same. */
  hash: string
  /** How often each deed was done, and why others were refused. */
  done: Record<string, number>
  refused: Record<string, number>
}

const joinAll = async (brandId: string, count: number): Promise<Customer[]> => {
  const owner = await makeUser({ brandId })
  const customers: Customer[] = []
  for (let n = 0; n < count; n++) {
    const { id } = await owner.call(createOrganization, {
      name: `Customer ${n}`, currency: MARKET_CURRENCIES[n % 4] ?? 'USD', country: COUNTRIES[n % 4] ?? 'NG', timezone: ZONES[n % 6] ?? 'UTC',
    })
    customers.push({ orgId: id, owner })
  }
  await runJobs()
  return customers
}

/** What becomes due by then, as the worker would find it. */
const settle = async (now: Date): Promise<void> => {
  const { failed } = await closeDuePeriods(now)
  if (failed > 0) throw new Error(`${failed} periods could not be closed at ${now.toISOString()}`)
  await settleSubscriptions(now)
  await expireDueCredits(now)
  await runJobs()
}

const hashBooks = async (customers: readonly Customer[]): Promise<string> => {
  const { rows } = await runtime().databases.systemPool.query<{ line: string }>(`
    SELECT concat_ws(' ', c.n, split_part(t.business_key, ':', 1), to_char(t.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'), e.account, e.currency, e.amount) AS line
    FROM unnest($1::text[]) WITH ORDINALITY c(org_id, n) JOIN ledger_entry e ON e.org_id = c.org_id JOIN ledger_transaction t ON t.id = e.transaction_id
    ORDER BY line`, [customers.map(({ orgId }) => orgId)])
  return createHash('sha256').update(rows.map(({ line }) => line).join('\n')).digest('hex')
}

const count = (counts: Record<string, number>, name: string): void => { counts[name] = (counts[name] ?? 0) + 1 }

/** One customer and the chances of its own, so that it does the same whatever others do meanwhile. */
interface Living { customer: Customer; chance: Chance }

/** Somebody does something, or is told why not. */
const act = async ({ customer, chance }: Living, { now, staff }: { now: Date; staff: Caller }, { done, refused }: Pick<YearReport, 'done' | 'refused'>): Promise<void> => {
  const { name, deed } = chooseDeed(chance)
  try {
    await deed(customer, { now, chance, staff })
    count(done, name)
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === 'internal') throw error
    count(refused, `${name}: ${error.code}`)
  }
}

/** Customers of one seller live through a year of business time, twice a day, several at once. */
export const liveThroughAYear = async ({ seed, customers: size, days, from, setNow }: YearOptions): Promise<YearReport> => {
  setNow(from)
  const staff: Caller = await makeUser({ staff: true })
  const brandId = await openShop(staff)
  const customers = (await joinAll(brandId, size)).map((customer, n): Living => ({ customer, chance: chanceFrom(seed + n * SPREAD) }))
  const report: Pick<YearReport, 'done' | 'refused'> = { done: {}, refused: {} }
  for (let step = 1; step <= 2 * days; step++) {
    const now = new Date(from.getTime() + step * HALF_DAY_MS)
    setNow(now)
    await settle(now)
    await together(customers.filter(({ chance }) => chance.next() < DEEDS_A_DAY / 2), (one) => act(one, { now, staff }, report))
  }
  await settle(new Date(from.getTime() + days * 2 * HALF_DAY_MS))
  return { brandId, hash: await hashBooks(customers.map(({ customer }) => customer)), ...report }
}
