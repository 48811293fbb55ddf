import { chmodSync, existsSync } from 'node:fs'
import { chown, mkdir, open, rename, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { CommandError, runCommand } from '../command.ts'
import { DiskError, type DiskDriver } from '../disk.ts'

/** A sparse file formatted lazily: 30 ms whatever the size; a half-made file never gets the final name. */
export function createExt4Disks(directory: string): DiskDriver {
  const pathOf = (vmId: string): string => join(directory, `${vmId}.ext4`)
  return {
    async ensure(vmId, sizeMib, uid) {
      const path = pathOf(vmId)
      await mkdir(directory, { recursive: true })
      // The VMM runs under another uid: it may pass through, and open only what it owns.
      chmodSync(directory, 0o711)
      if (!existsSync(path)) await format(path, sizeMib)
      if (uid !== null) await chown(path, uid, uid)
      return path
    },
    exists: async (vmId) => existsSync(pathOf(vmId)),
    remove: (vmId) => rm(pathOf(vmId), { force: true }),
    async freeMib() {
      await mkdir(directory, { recursive: true })
      const fs = await statfs(directory)
      return Math.floor((fs.bavail * fs.bsize) / 2 ** 20)
    },
  }
}

async function format(path: string, sizeMib: number): Promise<void> {
  const draft = `${path}.new`
  try {
    const file = await open(draft, 'w', 0o600)
    await file.truncate(sizeMib * 2 ** 20)
    await file.close()
    await runCommand(['mke2fs', '-q', '-F', '-t', 'ext4', '-m', '0', '-E', 'root_owner=0:0,lazy_itable_init=1,lazy_journal_init=1,nodiscard', draft], { timeoutMs: 60_000 })
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    const full = (error as NodeJS.ErrnoException).code === 'ENOSPC' || (error instanceof CommandError && /No space left/.test(error.result.stderr))
    throw new DiskError(full ? 'no_space' : 'vmm_failed', `The writable disk could not be made: ${(error as Error).message}`)
  }
}
