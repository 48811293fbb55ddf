import type { Charge, PriceSpec } from '../../../contract/catalogue.ts'

export const STARTER_PLAN = 'starter'

/** What the platform measures of every app by itself. */
export const METERS = ['vcpu_seconds', 'memory_mib_seconds', 'sleeping_mib_seconds', 'egress_bytes'] as const
export type Meter = (typeof METERS)[number]

interface Presentation { name: string; unit: string; meterUnits: string }

/** People read hours and GiB; what is measured are seconds and bytes. The table `meter` says the same of all built-in ones. */
export const PRESENTATION: Record<Meter, Presentation> = {
  vcpu_seconds: { name: 'vCPU', unit: 'vCPU hour', meterUnits: '3600' },
  memory_mib_seconds: { name: 'Memory', unit: 'GiB hour', meterUnits: String(1024 * 3600) },
  sleeping_mib_seconds: { name: 'Memory kept while asleep', unit: 'GiB hour', meterUnits: String(1024 * 3600) },
  egress_bytes: { name: 'Outgoing traffic', unit: 'GiB', meterUnits: String(1024 ** 3) },
}

const chargesAt = (prices: Record<Meter, string>): Charge[] => METERS.map((meter) => {
  const { name, unit, meterUnits } = PRESENTATION[meter]
  return { meter, name, unit, meter_units: meterUnits, price: { model: 'per_unit', unit_amount: prices[meter] } }
})

export interface PlanPrice { name: string; recurring: PriceSpec; charges: Charge[] }

/**
 * Decimal strings in major units per the meter's unit. A 1 vCPU, 512 MiB app over a month of 730 hours costs USD 3.97 (NGN 5,960.30,
 * KES 516.56) beside the flat fee; outgoing traffic is about USD 0.011 (NGN 16.11, KES 1.40) per GiB. An app that sleeps pays
 * for the memory kept of it, a tenth of what it pays awake, and nothing else.
 */
export const DEFAULT_PRICES: Record<'USD' | 'NGN' | 'KES', PlanPrice> = {
  USD: {
    name: 'Starter', recurring: { model: 'flat', unit_amount: '2.00' },
    charges: chargesAt({ vcpu_seconds: '0.0036', memory_mib_seconds: '0.0036864', sleeping_mib_seconds: '0.00036864', egress_bytes: '0.01073741824' }),
  },
  NGN: {
    name: 'Starter', recurring: { model: 'flat', unit_amount: '3000' },
    charges: chargesAt({ vcpu_seconds: '5.4', memory_mib_seconds: '5.5296', sleeping_mib_seconds: '0.55296', egress_bytes: '16.10612736' }),
  },
  KES: {
    name: 'Starter', recurring: { model: 'flat', unit_amount: '260' },
    charges: chargesAt({ vcpu_seconds: '0.468', memory_mib_seconds: '0.479232', sleeping_mib_seconds: '0.0479232', egress_bytes: '1.3958643712' }),
  },
}
export const FIRST_CURRENCIES = ['USD', 'NGN', 'KES'] as const
