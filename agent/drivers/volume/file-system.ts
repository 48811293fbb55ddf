/** What every driver does with the file system of a volume at rest. */
import { CommandError, runCommand } from '../command.ts'
import { VolumeError } from '../volume.ts'

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/

/** Ids become names of files and datasets. */
export function checked(id: string): string {
  if (!NAME.test(id)) throw new TypeError(`not an id: ${id}`)
  return id
}

/** 4 KiB blocks whatever the size, so that a small volume can grow a thousandfold. */
export async function format(path: string): Promise<void> {
  await runCommand(['mke2fs', '-q', '-F', '-t', 'ext4', '-b', '4096', '-m', '0', '-E', 'root_owner=0:0,lazy_itable_init=1,lazy_journal_init=1,nodiscard', path], { timeoutMs: 60_000 })
}

/** resize2fs itself refuses to go below what the files need, and leaves everything as it was. Whoever calls makes the disk smaller. */
export async function shrinkFileSystem(path: string, sizeMib: number): Promise<void> {
  try {
    await runCommand(['e2fsck', '-f', '-p', path], { timeoutMs: 600_000 }).catch((error: unknown) => {
      // 1: faults were mended, as after a power cut.
      if (!(error instanceof CommandError) || error.result.code !== 1) throw error
    })
    await runCommand(['resize2fs', path, `${sizeMib}M`], { timeoutMs: 600_000 })
  } catch (error) {
    const tooSmall = error instanceof CommandError && /smaller than minimum|Not enough space|No space left/i.test(error.result.stderr)
    if (tooSmall) throw new VolumeError('below_used', `The files in the volume need more than ${sizeMib} MiB. Its size was left as it is.`)
    throw new VolumeError('volume_failed', `The volume could not be made smaller: ${(error as Error).message}`)
  }
}

export async function orNoSpace<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const full = (error as NodeJS.ErrnoException).code === 'ENOSPC' || (error instanceof CommandError && /No space left|out of space/.test(error.result.stderr))
    if (full) throw new VolumeError('no_space', 'The node has no free disk space for this. It is tried again when there is.')
    throw error
  }
}
