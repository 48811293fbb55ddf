/** The microVMs' kernel arguments name this machine's clock frequency. Without it boots hang in TSC calibration when cores are busy. */
import { chmod, readFile, rename, writeFile } from 'node:fs/promises'
import { mustRun } from '../drivers/vmm/command.ts'
import { guestAssets } from './assets.ts'

const KERNEL_ARGUMENTS = [
  'console=ttyS0', 'quiet', 'panic=-1', 'reboot=t', 'no_timer_check', 'tsc=reliable', 'mitigations=off', 'lsm=capability', 'audit=0',
  'cryptomgr.notests', 'init_on_alloc=0', 'rcupdate.rcu_expedited=1', 'random.trust_cpu=on',
]

/** Measured anew at each boot of the machine: the folder may have moved to another one. */
export async function writeArguments(folder: string): Promise<void> {
  const { clockHelper, kernelArguments } = guestAssets(folder)
  const khz = (await mustRun([clockHelper])).trim()
  const temporary = `${kernelArguments}.new`
  await writeFile(temporary, `${[...KERNEL_ARGUMENTS, `tsc_early_khz=${khz}`].join(' ')}\n`, { mode: 0o644 })
  await chmod(temporary, 0o644)
  await rename(temporary, kernelArguments)
}

/** For a folder that came from elsewhere. Returns whether it measured. */
export async function ensureArguments(folder: string): Promise<boolean> {
  const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
  const stamp = `${guestAssets(folder).kernelArguments}.boot`
  if (await readFile(stamp, 'utf8').catch(() => '') === boot) return false
  await writeArguments(folder)
  await writeFile(stamp, boot, { mode: 0o644 })
  return true
}
