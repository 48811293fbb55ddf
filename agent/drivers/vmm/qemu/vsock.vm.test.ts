/** The guest's side of what Firecracker needs, in a real guest: a channel over vsock, disks by their order, an end by reset. */
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { vmmContract } from '../vmm.contract.ts'
import { missingTools, qemuHarness } from './qemu-harness.ts'

const reason = missingTools()
const BRIDGE = join(import.meta.dirname, '../../../testing/guest/vsock-bridge.c')

describe.skipIf(reason !== null)(`a guest over vsock${reason === null ? '' : ` (skipped: ${reason})`}`, { timeout: 90_000 }, async () => {
  if (reason !== null) return
  const harness = await qemuHarness({
    name: 'vsock',
    extra: { modules: ['vsock_loopback'], sources: [BRIDGE], flags: ['-DCHANNEL_PEER=VMADDR_CID_LOCAL'] },
    kernelArguments: 'shellwego_channel=vsock shellwego_disks=root,scratch,config shellwego_end=reset',
  })
  vmmContract(harness)
  afterAll(() => harness.dispose())
})
