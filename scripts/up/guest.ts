import { existsSync } from 'node:fs'
import path from 'node:path'
import { guestAssets } from '../../agent/guest/assets.ts'
import { buildGuest } from '../../agent/guest/build.ts'
import { makeFolder } from '../host/files.ts'
import { run } from '../host/run.ts'
import type { Config } from './config.ts'
import { updatePackageLists } from './packages.ts'

const KERNEL_PACKAGE = 'linux-image-cloud-amd64'

/** A machine that had every package already may still have no package lists, and the kernel is taken from there. */
async function ensurePackageLists(isRoot: boolean): Promise<void> {
  if (!isRoot) return
  await run(['apt-cache', 'show', KERNEL_PACKAGE]).catch(updatePackageLists)
}

/** Kernel, initramfs and init of the virtual machines; does nothing when they are there and current. */
export async function prepareGuest({ data, isRoot }: Config): Promise<void> {
  const outDir = makeFolder(path.join(data, 'guest'), 0o755)
  if (!existsSync(guestAssets(outDir).stamp)) await ensurePackageLists(isRoot)
  await buildGuest({ outDir, cacheDir: path.join(data, 'guest-cache') })
}
