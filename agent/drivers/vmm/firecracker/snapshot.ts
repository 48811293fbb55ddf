/** The whole VM in two files: what it is, and what its memory holds, secrets included. */
import { chmod, chown, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { VmmError } from '../../vmm.ts'
import { runCommand } from '../../command.ts'
import type { SnapshotFiles } from './boot.ts'
import { JAIL } from './machine.ts'
import type { FirecrackerVm } from './vm.ts'

const WRITE_MS = 300_000

interface SnapshotOptions {
  /** What belongs to the same instant: the disks. */
  whilePaused?: () => Promise<void>
  /** False for a VM that is put to sleep: it is killed as it stands, and nothing happens after what was kept. */
  goesOn: boolean
}

/** The files come to their places only when both are whole; a VM that is to go on does so whatever happens. */
export async function takeSnapshot(vm: FirecrackerVm, target: SnapshotFiles, { whilePaused, goesOn }: SnapshotOptions): Promise<void> {
  const { api, root } = vm.parts
  const { state, memory } = JAIL.snapshot
  // A VM that began from a snapshot still has its memory mapped from the file of that name.
  await Promise.all([state, memory].map((path) => rm(join(root, path), { force: true })))
  await api.call({ method: 'PATCH', path: '/vm', body: { state: 'Paused' } })
  try {
    await api.call({ method: 'PUT', path: '/snapshot/create', body: { snapshot_type: 'Full', snapshot_path: state, mem_file_path: memory } }, WRITE_MS)
    await whilePaused?.()
    await move(join(root, memory), target.memory)
    await move(join(root, state), target.state)
    if (!goesOn) await vm.kill()
  } catch (error) {
    await Promise.all([target.memory, target.state].map((path) => rm(path, { force: true })))
    await api.call({ method: 'PATCH', path: '/vm', body: { state: 'Resumed' } }).catch(() => {})
    throw error instanceof VmmError ? error : new VmmError('vmm_failed', error instanceof Error ? error.message : String(error))
  }
  if (goesOn) await api.call({ method: 'PATCH', path: '/vm', body: { state: 'Resumed' } })
}

/** Out of the jail, and out of reach of the VM's own user. */
async function move(from: string, to: string): Promise<void> {
  await rename(from, to).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EXDEV') throw error
    await runCommand(['cp', '--sparse=always', from, to], { timeoutMs: WRITE_MS })
    await rm(from)
  })
  await chown(to, 0, 0)
  await chmod(to, 0o600)
}
