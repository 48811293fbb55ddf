import { afterAll, describe } from 'vitest'
import { firecrackerHarness, missingForDoubles } from '../../../testing/firecracker/harness.ts'
import { vmmContract } from '../vmm.contract.ts'

const reason = missingForDoubles()

describe.skipIf(reason !== null)(`Firecracker driver against doubles${reason === null ? '' : ` (skipped: ${reason})`}`, { timeout: 60_000 }, async () => {
  if (reason !== null) return
  const harness = await firecrackerHarness()
  vmmContract(harness)
  afterAll(() => harness.dispose())
})
