/** One VM out of Firecracker into a sealed file and back. In between it lies in files in memory, which Firecracker must be able to map. */
import type { SnapshotKey } from '../../vmm.ts'
import { writeSealed, type SealedFile } from '../sealed-stream.ts'
import { dropSnapshot, headerOf } from '../snapshot-header.ts'
import type { FirecrackerApi } from './api.ts'
import { groupMemoryMib } from './jailer.ts'
import { JAIL, loadCalls, resumeCall, type LoadedMachine } from './machine.ts'
import { emptyMemory, makeMemoryFiles, viewOf, withMemoryFiles } from './memory-folder.ts'
import { imageOf, writeImage } from './memory-image.ts'
import { snapshotPath } from './record.ts'
import type { RunningParts } from './vm.ts'

const WRITE_MS = 300_000
const LOAD_MS = 60_000

/** The guest stands still from here on. Returns the size of the file, which is on disk then; nothing lies in clear any more. */
export async function save({ api, record, jails, root, cgroup }: RunningParts, pid: number, key: SnapshotKey): Promise<number> {
  const { startId, memoryMib, woken } = record
  const machine = record.machine ?? ''
  const view = await viewOf(root, pid)
  await emptyMemory(view)
  // What it writes there counts as its own.
  cgroup.limitMemory(groupMemoryMib(memoryMib, woken ? 3 : 2))
  await api.call({ method: 'PATCH', path: '/vm', body: { state: 'Paused' } })
  const { state, memory } = JAIL.snapshot
  await api.call({ method: 'PUT', path: '/snapshot/create', body: { snapshot_type: 'Full', snapshot_path: state, mem_file_path: memory } }, WRITE_MS)
  const bytes = await withMemoryFiles(view, memoryMib, (files) =>
    writeSealed(snapshotPath(jails, record.id), headerOf({ startId, machine }), key, imageOf(files)))
  await emptyMemory(view)
  return bytes
}

/** What was begun with a VM that has all of its memory is undone: its snapshot goes first, then it runs on. */
export async function undoSave({ api, record, jails, root, cgroup }: RunningParts, pid: number): Promise<void> {
  await dropSnapshot(snapshotPath(jails, record.id))
  await emptyMemory(await viewOf(root, pid))
  await api.call(resumeCall)
  cgroup.limitMemory(groupMemoryMib(record.memoryMib, record.woken ? 2 : 1))
}

export interface Waking { api: FirecrackerApi; view: string; machine: LoadedMachine; uid: number; snapshot: string }

/** Into a Firecracker that knows nothing yet. No processor runs before all of its memory is proven and its snapshot is gone. */
export async function load({ api, view, machine, uid, snapshot }: Waking, file: SealedFile, key: SnapshotKey): Promise<void> {
  await makeMemoryFiles(view, uid, machine.memoryMib, (files) => writeImage(file.pieces(key), files))
  for (const call of loadCalls(machine)) await api.call(call, LOAD_MS)
  // Mapped: the kernel keeps it for as long as the VM lives, and nobody else finds it.
  await emptyMemory(view)
  await dropSnapshot(snapshot)
  await api.call(resumeCall)
}
