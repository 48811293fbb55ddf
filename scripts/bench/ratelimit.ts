import { createRateLimiter, limitHeaders, TIERS } from '../../server/core/rate-limit.ts'
import { load } from './load.ts'
import { makeCustomer, withProduct } from './product.ts'
import type { Figure } from './report.ts'
import { startCountingServer } from './counting-server.ts'

const TAKES = 200_000
const KEYS = 5_000
const CONNECTIONS = 10
const WARM_MS = 1_000
const MEASURE_MS = 4_000

/** One count with its headers, among many callers; beside it a map's own read and write. */
function counting(): Figure {
  const limiter = createRateLimiter()
  const tier = { ...TIERS.enterprise, burst: TAKES, perMinute: TAKES * 60 }
  const start = performance.now()
  for (let i = 0; i < TAKES; i++) limitHeaders(limiter.take(`token:${i % KEYS}`, tier))
  const limited = ((performance.now() - start) * 1_000) / TAKES
  const plain = new Map<string, number>()
  const again = performance.now()
  for (let i = 0; i < TAKES; i++) plain.set(`token:${i % KEYS}`, (plain.get(`token:${i % KEYS}`) ?? 0) + 1)
  const bare = ((performance.now() - again) * 1_000) / TAKES
  return { what: `count and headers, ${KEYS} callers`, value: limited, unit: 'us', reference: { what: 'a map read and written', value: bare }, target: '<= 20' }
}

/** The same small answer from a plain server with and without the limiter in front, in turn so that a busy machine is busy for both. */
async function overhead(): Promise<Figure[]> {
  const rounds = { with: [] as number[], without: [] as number[] }
  for (let round = 0; round < 3; round++) {
    for (const limited of [false, true]) {
      const server = await startCountingServer(limited)
      await load({ port: server.port, path: '/' }, CONNECTIONS, WARM_MS)
      const { perSecond } = await load({ port: server.port, path: '/' }, CONNECTIONS, MEASURE_MS)
      rounds[limited ? 'with' : 'without'].push(perSecond)
      server.stop()
    }
  }
  const best = (values: number[]): number => Math.max(...values)
  const [limited, bare] = [best(rounds.with), best(rounds.without)]
  return [
    { what: `plain server behind the limiter, ${CONNECTIONS} connections`, value: limited, unit: 'req/s', reference: { what: 'without it', value: bare } },
    { what: 'cost per request', value: 1e6 / limited - 1e6 / bare, unit: 'us', target: '<= 100' },
  ]
}

/** Of the product: a token that asks as fast as it can is held to its tier, one that does not is never refused. */
async function held(): Promise<Figure[]> {
  return withProduct(async (product) => {
    const { headers } = await makeCustomer(product)
    const base = product.run().api
    const answers = { ok: 0, refused: 0 }
    const end = performance.now() + MEASURE_MS
    await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() < end) {
        const { status } = await fetch(`${base}/v1/users/me`, { headers })
        if (status === 429) answers.refused += 1
        else answers.ok += 1
      }
    }))
    const allowed = TIERS.enterprise.burst + (TIERS.enterprise.perMinute / 60) * (MEASURE_MS / 1_000)
    return [{ what: `let through in ${MEASURE_MS / 1_000} s of one token, ${answers.refused} refused`, value: answers.ok, unit: 'requests', reference: { what: 'its tier allows', value: allowed }, target: `<= ${Math.ceil(allowed)}` }]
  })
}

/** What it costs to count requests, and that it holds them. */
export async function measureRateLimit(): Promise<Figure[]> {
  return [counting(), ...await overhead(), ...await held()]
}
