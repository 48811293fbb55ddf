/** Boots the guest kernel without disks, to see it work rather than believe it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { GuestAssets } from '../../../guest/assets.ts'
import { MEMORY_FLOOR_MIB } from '../../../guest/assets.ts'
import type { Accelerator } from './arguments.ts'
import { GuestChannel } from '../guest/channel.ts'
import { connectSocket } from '../guest/socket.ts'
import { launchQemu } from './launch.ts'

const PROBE_LIMIT_MS = 3000

interface ProbeOptions { qemu: string; assets: GuestAssets }

export const bootsUnderKvm = (options: ProbeOptions): Promise<boolean> => bootsThrowAway(options, 'kvm', PROBE_LIMIT_MS)

/** True when the init of a VM that has nothing and leaves nothing answered in time. */
export async function bootsThrowAway({ qemu, assets }: ProbeOptions, accelerator: Accelerator, limitMs: number): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'shellwego-probe-'))
  const runFolder = join(folder, 'run')
  try {
    const kernelArguments = (await readFile(assets.kernelArguments, 'utf8')).trim()
    const qmp = await launchQemu({
      qemu, runFolder, kernelArguments, assets,
      name: basename(folder), uid: null, accelerator, vcpu: 1, memoryMib: MEMORY_FLOOR_MIB * 2, disks: null, network: null,
      onEvent: () => {},
    })
    const channel = new GuestChannel(() => connectSocket(runFolder, 'guest.sock'), { onStarted: () => {}, onLog: () => {}, onExit: () => {} })
    const answered = await Promise.race([channel.ready.then(() => true), qmp.closed.then(() => false), after(limitMs)])
    channel.close()
    await qmp.execute('quit').catch(() => {})
    qmp.close()
    return answered
  } catch {
    return false
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const after = (ms: number): Promise<false> => new Promise((resolve) => { setTimeout(() => resolve(false), ms).unref() })
