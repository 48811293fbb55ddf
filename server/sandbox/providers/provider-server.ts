/** Payment providers in one small HTTP server of ours: real protocols, real signatures, no money. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CheckoutView } from './checkout-view.ts'
import type { CheckoutResult, FakeFactory, FakeProvider, FakeSecrets, Payer, PhonePrompt, StrayPayment } from './fake-provider.ts'
import type { Reply } from './http.ts'
import { readCall, sendReply } from './http.ts'
import type { ObjectStore, ProviderName } from './object-store.ts'
import { createFlutterwaveFake } from './flutterwave-fake.ts'
import { createMpesaFake } from './mpesa-fake.ts'
import { createPaystackFake } from './paystack-fake.ts'
import { createStripeFake } from './stripe-fake.ts'
import { NO_ANSWER, withTrouble } from './trouble.ts'
import type { Delivery, Knobs, WebhookSender } from './webhook-sender.ts'
import { CALM } from './webhook-sender.ts'

/** Every stand-in there is; a new one is a line here. */
const FACTORIES: Readonly<Record<ProviderName, FakeFactory>> = {
  stripe: createStripeFake, paystack: createPaystackFake, flutterwave: createFlutterwaveFake, mpesa: createMpesaFake,
}

export type ProviderServerOptions = {
  readonly store: ObjectStore
  readonly secrets: FakeSecrets
  readonly webhookTarget: (provider: ProviderName) => string
  /** Public address of the pay page. */
  readonly checkoutUrl: (provider: ProviderName, id: string) => string
  readonly now: () => Date
  readonly knobs?: Partial<Knobs>
  readonly retryDelaysMs?: readonly number[]
}

export type ProviderServer = {
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void
  completeCheckout(provider: ProviderName, id: string, payer: Payer): Promise<CheckoutResult>
  settleAsync(provider: ProviderName, id: string, outcome: 'success' | 'failure'): Promise<CheckoutResult>
  checkoutView(provider: ProviderName, id: string): Promise<CheckoutView | null>
  openDispute(provider: ProviderName, ref: string, reason?: string): Promise<string | null>
  closeDispute(provider: ProviderName, id: string, outcome: 'won' | 'lost'): Promise<boolean>
  settleRefunds(provider: ProviderName, outcome: 'succeeded' | 'failed'): Promise<number>
  makePayouts(provider: ProviderName): Promise<readonly string[]>
  prompts(provider: ProviderName): Promise<readonly PhonePrompt[]>
  payWithoutCheckout(provider: ProviderName, payment: StrayPayment): Promise<string | null>
  /** Of one provider, or of all; knobs not named keep their place. */
  setKnobs(change: Partial<Knobs>, provider?: ProviderName): Knobs
  deliveries(provider: ProviderName): Promise<readonly Delivery[]>
  /** Takes up deliveries that an earlier process left; call once at start. */
  resume(): Promise<void>
  idle(): Promise<void>
  close(): Promise<void>
}

type Running = { readonly fake: FakeProvider; readonly knobs: Knobs }
const RETRY_DELAYS_MS = [1_000, 5_000, 15_000, 60_000, 300_000] as const

function startFakes(options: ProviderServerOptions): ReadonlyMap<string, Running> {
  const { store, secrets, now } = options
  return new Map(Object.entries(FACTORIES).map(([name, factory]) => {
    const provider = name as ProviderName
    const knobs: Knobs = { ...CALM, ...options.knobs }
    const fake = factory({
      store, secrets, now, knobs: () => knobs, webhookTarget: options.webhookTarget(provider), checkoutUrl: (id) => options.checkoutUrl(provider, id),
      retryDelaysMs: options.retryDelaysMs ?? RETRY_DELAYS_MS,
    })
    return [name, { fake, knobs }]
  }))
}

async function answer(fakes: ReadonlyMap<string, Running>, request: IncomingMessage): Promise<Reply | typeof NO_ANSWER> {
  const call = await readCall(request)
  if (call === 'too_large') return { status: 413, body: { error: { type: 'invalid_request_error', message: 'Request body is too large.' } } }
  const owns = (part: string) => [...fakes.values()].find(({ fake }) => fake.paths.includes(part))
  const running = owns(`/${call.path.split('/')[1] ?? ''}/`) ?? owns('/')
  if (running === undefined) return { status: 404, body: { message: 'no such provider' } }
  return withTrouble(running.knobs, call, () => running.fake.handle(call))
}

function actsOn(fakeOf: (name: ProviderName) => FakeProvider) {
  const done = <T>(work: Promise<T> | undefined, otherwise: T): Promise<T> => work ?? Promise.resolve(otherwise)
  return {
    completeCheckout: (provider, id, payer) => fakeOf(provider).completeCheckout(id, payer),
    settleAsync: (provider, id, outcome) => fakeOf(provider).settleAsync(id, outcome),
    checkoutView: (provider, id) => fakeOf(provider).view(id),
    openDispute: (provider, ref, reason) => done(fakeOf(provider).openDispute?.(ref, reason), null),
    closeDispute: (provider, id, outcome) => done(fakeOf(provider).closeDispute?.(id, outcome), false),
    settleRefunds: (provider, outcome) => done(fakeOf(provider).settleRefunds?.(outcome), 0),
    makePayouts: (provider) => done<readonly string[]>(fakeOf(provider).makePayouts?.(), []),
    prompts: (provider) => done<readonly PhonePrompt[]>(fakeOf(provider).prompts?.(), []),
    payWithoutCheckout: (provider, payment) => done<string | null>(fakeOf(provider).payWithoutCheckout?.(payment), null),
  } satisfies Partial<ProviderServer>
}

export function createProviderServer(options: ProviderServerOptions): ProviderServer {
  const fakes = startFakes(options)
  const runningOf = (name: ProviderName): Running => {
    const found = fakes.get(name)
    if (found === undefined) throw new Error(`there is no sandbox provider named ${name}`)
    return found
  }
  const each = async (work: (sender: WebhookSender) => Promise<void>): Promise<void> => {
    await Promise.all([...fakes.values()].map(({ fake }) => work(fake.sender)))
  }
  return {
    ...actsOn((name) => runningOf(name).fake),
    handler: (request, response) => {
      const fault: Reply = { status: 500, body: { error: { type: 'api_error', message: 'Sandbox fault' } } }
      void answer(fakes, request).catch(() => fault).then((reply) => {
        if (reply === NO_ANSWER) request.socket.destroy()
        else sendReply(response, reply)
      })
    },
    setKnobs: (change, provider) => {
      const chosen = provider === undefined ? [...fakes.values()] : [runningOf(provider)]
      for (const { knobs } of chosen) Object.assign(knobs, change)
      return { ...CALM, ...chosen[0]?.knobs }
    },
    deliveries: async (provider) => (await options.store.list(provider, 'webhook_delivery')) as unknown as readonly Delivery[],
    resume: () => each((sender) => sender.resume()),
    idle: () => each((sender) => sender.idle()),
    close: () => each((sender) => sender.close()),
  }
}
