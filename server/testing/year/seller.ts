import { createCoupon, createMeter, createPlan, listPlans, publishPrice } from '../../domain/billing/index.ts'
import { createBrand } from '../../domain/branding/index.ts'
import { newId } from '../../core/id.ts'
import type { Caller } from '../actors.ts'
import { runJobs } from './jobs.ts'

/** Major units by market: currencies with 2, 2, 0 and 3 decimals. `call`: one API call; `bulk`: one beyond a thousand. */
const MARKETS = {
  USD: { starter: '9.99', pro: '29.97', call: '0.0007', bulk: '0.00035' },
  NGN: { starter: '14500', pro: '43500.50', call: '1.05', bulk: '0.525' },
  JPY: { starter: '1490', pro: '4470', call: '0.1', bulk: '0.05' },
  KWD: { starter: '3.075', pro: '9.225', call: '0.000215', bulk: '0.0001075' },
} as const
export type MarketCurrency = keyof typeof MARKETS
export const MARKET_CURRENCIES = ['USD', 'NGN', 'JPY', 'KWD'] as const satisfies MarketCurrency[]
export const PLANS = ['starter', 'pro'] as const
export const COUPONS = ['TENOFF', 'THREEMONTHS', 'ONEFREE'] as const
export const METER = 'api_calls'

const publish = async (staff: Caller, planId: string, plan: (typeof PLANS)[number]): Promise<void> => {
  for (const currency of MARKET_CURRENCIES) {
    const { [plan]: price, call, bulk } = MARKETS[currency]
    await staff.call(publishPrice, {
      plan_id: planId, currency, name: plan === 'pro' ? 'Pro' : 'Starter', recurring: { model: 'per_unit', unit_amount: price },
      ...(plan === 'pro' ? { timing: 'advance', trial_days: 7, setup_fee: price } as const : {}),
      charges: [
        { meter: 'vcpu_seconds', price: { model: 'per_unit', unit_amount: call, minimum: call } },
        { meter: METER, price: { model: 'graduated', tiers: [{ up_to: '100', unit_amount: '0' }, { up_to: '1000', unit_amount: call }, { up_to: null, unit_amount: bulk, flat_amount: price }] } },
      ],
    })
  }
}

/** A seller of its own with two plans in four currencies, a meter of its own and three coupons; its brand's id. */
export const openShop = async (staff: Caller): Promise<string> => {
  const name = newId('brand').slice(-7)
  const brand = await staff.call(createBrand, {
    name: `Shop ${name}`, hostname: `${name}.example.com`, support_email: 'help@example.com', legal_name: 'Shop Ltd', tax_rate: '0.075', invoice_prefix: name.toUpperCase(),
  })
  await runJobs()
  await staff.call(createMeter, { brand_id: brand.id, key: METER, name: 'API calls', unit: 'call' })
  const pro = await staff.call(createPlan, { brand_id: brand.id, key: 'pro', name: 'Pro' })
  const { data: plans } = await staff.call(listPlans, { filter: { brand_id: brand.id } })
  for (const plan of plans) await publish(staff, plan.id, plan.id === pro.id ? 'pro' : 'starter')
  const terms = { brand_id: brand.id, max_per_organization: 3 }
  await staff.call(createCoupon, { ...terms, code: 'TENOFF', name: 'Ten off', type: 'percent', value: '10', duration: 'forever' })
  await staff.call(createCoupon, { ...terms, code: 'THREEMONTHS', name: 'A third for three months', type: 'percent', value: '33.333', duration: 'repeating', periods: 3 })
  await staff.call(createCoupon, { ...terms, code: 'ONEFREE', name: 'Once', type: 'fixed', value: '4.99', currency: 'USD', duration: 'once' })
  return brand.id
}
