import { atMost } from '../../core/at-most.ts'
import { DomainError } from '../../core/error.ts'
import { setGatewayMinimum } from '../billing/index.ts'
import type { PaymentProvider } from './ports.ts'

/** Rails refuse who asks for much more at once, and then what customers wait for is refused too. */
const ASKED_AT_ONCE = 24
const asking = new Map<string, ReturnType<typeof atMost>>()

/** For what is asked in bulk, by webhooks and sweeps: within the share that leaves room for people. */
export const askProvider = <T>(name: string, ask: () => Promise<T>): Promise<T> => {
  const inTurn = asking.get(name) ?? atMost(ASKED_AT_ONCE)
  asking.set(name, inTurn)
  return inTurn(ask)
}

let providers: ReadonlyMap<string, PaymentProvider> = new Map()

/** Called once by the composition with the rails that are configured. */
export const setProviders = (list: readonly PaymentProvider[]): void => {
  providers = new Map(list.map((rail) => [rail.name, rail]))
  setGatewayMinimum(smallestSum)
}

/** The least that some rail takes; 0 where one takes anything. A bank takes any sum and asks more than that for it: it does not count. */
const smallestSum = (currency: string): bigint => {
  const rails = providersFor(currency).flatMap((name) => findProvider(name) ?? []).filter((rail) => rail.capabilities.checkout !== 'instructions')
  const sums = rails.map((rail) => rail.capabilities.minimums[currency] ?? 0n)
  return sums.reduce((least, sum) => (sum < least ? sum : least), sums[0] ?? 0n)
}

export const providerNames = (): string[] => [...providers.keys()]
export const findProvider = (name: string): PaymentProvider | null => providers.get(name) ?? null

export const provider = (name: string): PaymentProvider => {
  const found = providers.get(name)
  if (!found) throw new DomainError('unavailable', `Payments by ${name} are not set up here.`)
  return found
}

/** Every rail that is set up, for what concerns them all. */
export const allProviders = (): PaymentProvider[] => [...providers.values()]

/** Rails that take the currency, in order of configuration. */
export const providersFor = (currency: string): string[] =>
  [...providers.values()].filter((rail) => rail.capabilities.currencies?.includes(currency) ?? true).map((rail) => rail.name)
