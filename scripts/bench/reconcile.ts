import { runtime } from '../../server/core/runtime.ts'
import { reconcileOpenPayments, setProviders } from '../../server/domain/payments/index.ts'
import { reconcileOnce } from '../../server/domain/reconciliation/index.ts'
import { withCore } from './core.ts'
import { makeAttempts, paidRail } from './payments.ts'
import type { Figure } from './report.ts'

const ATTEMPTS = Number(process.env['SHELLWEGO_BENCH_ATTEMPTS'] ?? 10_000)
/** As a provider near by answers. */
const LATENCY_MS = 20
const AT_ONCE = 24

const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await act()
  return (performance.now() - begun) / 1000
}

const openLeft = async (): Promise<number> => {
  const { rows } = await runtime().databases.systemPool.query<{ n: number }>('SELECT count(*)::int AS n FROM payment_attempt WHERE state <> \'succeeded\'')
  return rows[0]?.n ?? -1
}

/** Every webhook was lost: all attempts are asked for, paid and booked; then everything is compared with the provider's own list. */
export async function measureReconcile(): Promise<Figure[]> {
  return withCore(12, async () => {
    const attempts = await makeAttempts(ATTEMPTS)
    const rail = paidRail(attempts, LATENCY_MS)
    setProviders([rail])
    const settle = await timed(async () => {
      while (await openLeft() > 0) await reconcileOpenPayments(0)
    })
    const compare = await timed(reconcileOnce)
    const asked = attempts.slice(0, 400).values()
    const askInTurn = async (): Promise<void> => { for (const { providerRef } of asked) await rail.fetchPayment(providerRef) }
    const ask = await timed(() => Promise.all(Array.from({ length: AT_ONCE }, askInTurn)))
    return [
      { what: `${ATTEMPTS} open attempts asked for and booked`, value: settle, unit: 's', reference: { what: 'the asking alone', value: ask * ATTEMPTS / 400 } },
      { what: `${ATTEMPTS} payments compared with list and books`, value: compare, unit: 's' },
    ]
  })
}
