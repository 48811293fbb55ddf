/** A real virtual machine on a real TAP, with the probe inside: what attacks is a guest's own kernel. */
import { join } from 'node:path'
import type { NetworkDriver, NetworkRequest } from '../../drivers/network.ts'
import { makeBusyboxImage } from '../../drivers/vmm/fixture.ts'
import { qemuHarness } from '../../drivers/vmm/qemu/qemu-harness.ts'
import type { Vm } from '../../drivers/vmm.ts'

export interface ProbeGuest { inside(argv: string[]): Promise<string>; end(): Promise<void> }

export async function bootProbe(network: NetworkDriver, request: NetworkRequest, probe: string): Promise<ProbeGuest> {
  const harness = await qemuHarness()
  try {
    const rootfs = await makeBusyboxImage(join(harness.folder), { probe })
    const spec = await harness.spec({ argv: ['sh', '-c', 'while :; do sleep 60; done'] })
    const attachment = await network.attach({ ...request, uid: spec.uid })
    const vm = await harness.driver().start({ ...spec, rootfs, network: attachment }, {}, { onStarted: () => {}, onLog: () => {}, onExit: () => {} })
    return { inside: (argv) => run(vm, argv), end: () => vm.kill().then(() => harness.dispose()) }
  } catch (error) {
    await harness.dispose()
    throw error
  }
}

async function run(vm: Vm, argv: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await vm.exec(argv, { timeoutMs: 15_000 })
  if (exitCode !== 0) throw new Error(`${argv[0]} inside the machine ended with ${exitCode}: ${stderr}`)
  return stdout
}
