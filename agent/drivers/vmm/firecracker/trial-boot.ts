/** Boots the guest kernel without disks, to see it work rather than believe it. */
import { randomBytes } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { guestAssets, MEMORY_FLOOR_MIB } from '../../../guest/assets.ts'
import { launch, type Launch } from './launch.ts'
import type { FirecrackerDriver } from './driver.ts'
import { bootCalls } from './machine.ts'

/** Null when the init of a VM that has nothing and leaves nothing answered over vsock in time, else what happened. */
export async function triesToBoot(driver: FirecrackerDriver, uid: number, limitMs: number): Promise<string | null> {
  const { context } = driver
  const id = `probe-${randomBytes(4).toString('hex')}`
  try {
    const execName = basename(await realpath(context.firecracker))
    const kernelArguments = await readFile(guestAssets(context.guestDir).kernelArguments, 'utf8')
    const machine = { id, hostname: 'probe', vcpu: 1, memoryMib: MEMORY_FLOOR_MIB * 2, kernelArguments, volumes: null, network: null, limits: context.limits }
    const plan: Launch = {
      record: { id, startId: id, jailId: id, execName, volumes: [], memoryMib: machine.memoryMib, machine: null, woken: false, process: null },
      content: { uid, assets: guestAssets(context.guestDir), disks: null, memory: null }, vcpu: machine.vcpu, marked: null,
      begin: async ({ api }) => { for (const call of bootCalls(machine)) await api.call(call) },
    }
    const vm = await launch(context, plan, { onStarted: () => {}, onLog: () => {}, onExit: () => {} })
    const patience = new AbortController()
    const outcome = await Promise.race([
      vm.channel.ready.then(() => null), vm.gone.then(() => 'the VM ended at once'),
      sleep(limitMs, `its init did not answer within ${limitMs / 1000} s`, { signal: patience.signal }).catch(() => null),
    ])
    patience.abort()
    await vm.kill()
    return outcome
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    await driver.cleanup(id).catch(() => {})
  }
}
