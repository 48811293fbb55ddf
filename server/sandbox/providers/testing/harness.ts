/** A sandbox provider server and a webhook receiver on loopback, for tests. */
import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { WebhookHeaders } from '../../../domain/payments/ports.ts'
import { createMemoryStore, PROVIDER_NAMES } from '../object-store.ts'
import type { ObjectStore, ProviderName } from '../object-store.ts'
import type { ProviderServer } from '../provider-server.ts'
import { createProviderServer } from '../provider-server.ts'
import type { Knobs } from '../webhook-sender.ts'

export type Received = { readonly provider: ProviderName; readonly rawBody: Buffer; readonly headers: WebhookHeaders }
export const SECRETS = {
  stripeApiKey: 'sk_test_sandbox', stripeWebhookSecret: 'whsec_sandbox', paystackSecretKey: 'sk_test_paystack',
  flutterwaveSecretKey: 'FLWSECK_TEST-sandbox-X', flutterwaveSecretHash: 'flutterwave hash',
  mpesa: { consumerKey: 'mpesa key', consumerSecret: 'mpesa secret', shortcode: '174379', passkey: 'mpesa passkey' },
} as const

const FIRST_PORT = 23_500
const LAST_PORT = 23_989

let nextPort = FIRST_PORT + (process.pid % (LAST_PORT - FIRST_PORT))

/** Never the same port twice in a row: clients keep connections to an address alive. */
async function listen(listener: RequestListener): Promise<{ server: Server; port: number }> {
  for (let step = 0; step <= LAST_PORT - FIRST_PORT; step += 1) {
    const port = nextPort
    nextPort = nextPort === LAST_PORT ? FIRST_PORT : nextPort + 1
    const server = createServer(listener)
    const { promise, resolve } = Promise.withResolvers<boolean>()
    server.once('error', () => { resolve(false) }).listen(port, '127.0.0.1', () => { resolve(true) })
    if (await promise) return { server, port }
  }
  throw new Error('no free port')
}

const stop = (server: Server): Promise<void> => new Promise((resolve) => {
  server.closeAllConnections()
  server.close(() => { resolve() })
})

export type Harness = {
  readonly provider: ProviderServer
  readonly store: ObjectStore
  readonly port: number
  /** Where its webhooks are received. */
  readonly hooks: string
  readonly received: Received[]
  /** Statuses the receiver answers next; 200 when empty. */
  readonly answers: number[]
  now: Date
  close(): Promise<void>
}

export async function startHarness(options: { store?: ObjectStore; knobs?: Partial<Knobs>; retryDelaysMs?: readonly number[] } = {}): Promise<Harness> {
  const received: Received[] = []
  const answers: number[] = []
  const receiver = await listen((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => { chunks.push(chunk) }).on('end', () => {
      const provider = PROVIDER_NAMES.find((name) => request.url?.startsWith(`/hooks/${name}`)) ?? 'stripe'
      const token = request.url?.slice(`/hooks/${provider}/`.length)
      received.push({ provider, rawBody: Buffer.concat(chunks), headers: { ...request.headers, 'x-hook-token': token } })
      response.writeHead(answers.shift() ?? 200).end()
    })
  })
  const store = options.store ?? createMemoryStore()
  const target = `http://127.0.0.1:${receiver.port}/hooks`
  const provider = createProviderServer({
    store, secrets: SECRETS, webhookTarget: (name) => `${target}/${name}`,
    checkoutUrl: (name, id) => `http://127.0.0.1:${harness.port}/pay/${name}/${id}`, now: () => harness.now,
    retryDelaysMs: options.retryDelaysMs ?? [5, 5], ...(options.knobs === undefined ? {} : { knobs: options.knobs }),
  })
  const main = await listen(provider.handler)
  const harness: Harness = {
    provider, store, port: main.port, hooks: target, received, answers, now: new Date('2026-11-21T09:00:00Z'),
    async close() {
      await provider.close()
      await Promise.all([stop(main.server), stop(receiver.server)])
    },
  }
  return harness
}
