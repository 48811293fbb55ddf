/** Acts on the volumes of a running VM. */
import { rm } from 'node:fs/promises'
import { CommandError, runCommand } from '../../command.ts'
import { VmmError } from '../../vmm.ts'
import { volumeNode } from '../guest/config-drive.ts'
import type { FirecrackerApi } from './api.ts'
import { growOpenVolume } from './encrypted.ts'
import { resumeCall, volumePath } from './machine.ts'
import type { VmRecord } from './record.ts'

const COPY_MS = 3_600_000

/** Firecracker copies no disk while its guest writes: the guest stands still for it, an instant where files can share blocks. */
export async function copyDisk(api: FirecrackerApi, record: VmRecord, volumeId: string, target: string): Promise<void> {
  const { path } = record.volumes[indexOf(record, volumeId)] ?? {}
  if (path === undefined) return
  await api.call({ method: 'PATCH', path: '/vm', body: { state: 'Paused' } })
  try {
    await runCommand(['cp', '--reflink=auto', '--sparse=always', path, target], { timeoutMs: COPY_MS })
  } catch (error) {
    await rm(target, { force: true })
    const full = error instanceof CommandError && /No space left/.test(error.result.stderr)
    throw new VmmError(full ? 'no_space' : 'vmm_failed', error instanceof Error ? error.message : String(error))
  } finally {
    await api.call(resumeCall)
  }
}

/** The file is larger already; Firecracker reads its size anew and tells the guest. */
export async function growDisk(api: FirecrackerApi, record: VmRecord, volumeId: string): Promise<void> {
  const index = indexOf(record, volumeId)
  const volume = record.volumes[index]
  if (volume?.encrypted === true) await growOpenVolume(volume)
  await api.call({ method: 'PATCH', path: `/drives/${volumeNode(index)}`, body: { drive_id: volumeNode(index), path_on_host: volumePath(index) } })
}

function indexOf({ volumes }: VmRecord, volumeId: string): number {
  const index = volumes.findIndex(({ id }) => id === volumeId)
  if (index < 0) throw new VmmError('vmm_failed', `the VM has no volume ${volumeId}`)
  return index
}
