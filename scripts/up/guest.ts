import { readFileSync } from 'node:fs'
import path from 'node:path'
import { buildGuest } from '../../agent/guest/build.ts'
import { updatePackageLists } from '../../agent/install/packages.ts'
import { digestOf } from '../build/stamp.ts'
import { makeFolder, readOptional, writeAtomic } from '../host/files.ts'
import { run } from '../host/run.ts'
import type { Config } from './config.ts'

const KERNEL_PACKAGE = 'linux-image-cloud-amd64'

/** A machine that had every package already may still have no package lists, and the kernel is taken from there. */
async function ensurePackageLists(isRoot: boolean): Promise<void> {
  if (isRoot) await run(['apt-cache', 'show', KERNEL_PACKAGE]).catch(updatePackageLists)
}

/** Changes with the sources, and with the boot of this machine: the guest's arguments name its clock frequency. */
function guestVersion(): string {
  return `${digestOf(['agent/guest'])} ${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`
}

/** Kernel, initramfs and init of the virtual machines. */
export async function prepareGuest({ data, isRoot }: Config): Promise<void> {
  const stamp = path.join(data, 'guest.stamp')
  const version = guestVersion()
  if (readOptional(stamp) === version) return
  await ensurePackageLists(isRoot)
  await buildGuest({ outDir: makeFolder(path.join(data, 'guest'), 0o755), cacheDir: path.join(data, 'guest-cache') })
  writeAtomic(stamp, version)
}
