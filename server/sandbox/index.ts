import { completeSandboxCheckout, getSandboxCheckout, settleSandboxTransfer } from './checkout.ts'
import { createSandboxResolver, createSandboxZone, deleteDnsRecord, listDnsRecords, setDnsRecord } from './dns-records.ts'
import { actInSandbox, setSandboxKnobs } from './knobs.ts'
import { listSandboxPrompts } from './phones.ts'
import { getTestClock, setTestClock } from './test-clock.ts'

export { createSandboxResolver, createSandboxZone, deleteDnsRecord, listDnsRecords, setDnsRecord }
export { completeSandboxCheckout, getSandboxCheckout, getTestClock, setTestClock }
export { sandboxAdapterConfig } from './provider-settings.ts'
export { sandboxProviders, startSandbox } from './start-sandbox.ts'
export { moveClock } from './test-clock.ts'

/** All of it exists only in sandbox mode. */
export const operations = [getTestClock, setSandboxKnobs, listDnsRecords, setDnsRecord, deleteDnsRecord]
export const composites = [setTestClock, getSandboxCheckout, completeSandboxCheckout, settleSandboxTransfer, actInSandbox, listSandboxPrompts]
