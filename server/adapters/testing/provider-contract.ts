/**
 * What every payment rail must do, tried over HTTP against its stand-in. A rail's own test calls this once; what the
 * rail's capabilities leave out is not tried. See docs/operations/payment-providers.md.
 */
import { describe, vi } from 'vitest'
import { checkoutContract } from './checkout-contract.ts'
import type { ContractSubject } from './contract-bench.ts'
import { useBench } from './contract-bench.ts'
import { refundContract } from './refund-contract.ts'
import { savedContract } from './saved-contract.ts'
import { troubleContract } from './trouble-contract.ts'
import { webhookContract } from './webhook-contract.ts'

export type { ContractSubject } from './contract-bench.ts'

export const describeProviderContract = (subject: ContractSubject): void => {
  // Rendering and sockets share two cores with everything else.
  vi.setConfig({ testTimeout: 30_000 })
  describe(`${subject.name}: the contract of a payment rail`, () => {
    const bench = useBench(subject)
    checkoutContract(bench, subject)
    refundContract(bench, subject)
    if (subject.saved) savedContract(bench, subject)
    webhookContract(bench, subject)
    troubleContract(bench, subject)
  })
}
