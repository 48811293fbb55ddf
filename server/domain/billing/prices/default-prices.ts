export const STARTER_PLAN = 'starter'

/** What can be metered; a price list names a unit price for each. */
export const METERS = ['vcpu_seconds', 'memory_mib_seconds', 'egress_bytes'] as const
export type Meter = (typeof METERS)[number]
export type MeterPrices = Record<Meter, string>

export interface PlanPrice { name: string; flatMonthly: string; meters: MeterPrices }

/**
 * Decimal strings in major units. A 1 vCPU, 512 MiB app over a month of 730 hours costs USD 3.98 (NGN 5,960.30) beside the flat fee;
 * outgoing traffic is about USD 0.011 (NGN 16.11) per GiB.
 */
export const DEFAULT_PRICES = {
  USD: { name: 'Starter', flatMonthly: '2.00', meters: { vcpu_seconds: '0.000001', memory_mib_seconds: '0.000000001', egress_bytes: '0.00000000001' } },
  NGN: { name: 'Starter', flatMonthly: '3000', meters: { vcpu_seconds: '0.0015', memory_mib_seconds: '0.0000015', egress_bytes: '0.000000015' } },
} as const satisfies Record<string, PlanPrice>
export const PLAN_CURRENCIES = ['USD', 'NGN'] as const
