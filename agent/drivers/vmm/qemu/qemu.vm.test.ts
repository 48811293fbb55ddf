import { afterAll, describe } from 'vitest'
import { vmmContract } from '../vmm.contract.ts'
import { missingTools, qemuHarness } from './qemu-harness.ts'

const reason = missingTools()

describe.skipIf(reason !== null)(`QEMU driver${reason === null ? '' : ` (skipped: ${reason})`}`, { timeout: 90_000 }, async () => {
  if (reason !== null) return
  const harness = await qemuHarness()
  vmmContract(harness)
  afterAll(() => harness.dispose())
})
