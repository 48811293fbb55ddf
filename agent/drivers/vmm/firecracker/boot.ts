/** One boot: a jail, a Firecracker in it, the calls in their order, and a guest that answers. */
import { watch } from 'node:fs'
import { mkdir, open, readFile, realpath } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { guestAssets } from '../../../guest/assets.ts'
import { tryCommand } from '../../command.ts'
import { VmmError, type VmHandlers, type VmSpec } from '../../vmm.ts'
import { carryThrough, checkSecrets, HandlerGate } from '../boot-watch.ts'
import { encodeConfigDrive } from '../guest/config-drive.ts'
import { killNow, waitGone, type ProcessRef } from '../process.ts'
import { FirecrackerApi } from './api.ts'
import type { ApiCall } from './api-types.ts'
import { closeVolume } from './encrypted.ts'
import { buildJail, type JailContent } from './jail.ts'
import { jailerArguments, jailIdOf } from './jailer.ts'
import { bootCalls, JAIL, loadCalls, tapOf, type DeviceLimits } from './machine.ts'
import { cgroupOf, processOfJail, writeRecord, type Jails, type VmRecord } from './record.ts'
import { FirecrackerVm } from './vm.ts'

export interface BootContext {
  jails: Jails
  guestDir: string
  firecracker: string
  jailer: string
  limits: DeviceLimits
  deadlineMs: number
}

/** Where a VM begins: at its kernel, or where a snapshot of it was taken. */
export interface SnapshotFiles { state: string; memory: string }

const JAILER_MS = 20_000
const SOCKET_MS = 10_000
const LOAD_MS = 60_000
const SOCKET_LOOK_MS = 20

export async function bootVm(
  context: BootContext, spec: VmSpec, secrets: Record<string, string>, handlers: VmHandlers, from: SnapshotFiles | null,
): Promise<FirecrackerVm> {
  checkSecrets(secrets)
  const { uid } = spec
  if (uid === null) throw new VmmError('vmm_failed', 'Firecracker runs as a user of its own: the agent must be root')
  if (spec.network) tapOf(spec.network)
  const record = await newRecord(context, spec)
  const content: JailContent = {
    uid, assets: guestAssets(context.guestDir), snapshot: from,
    disks: { root: spec.rootfs, scratch: spec.scratch, config: encodeConfigDrive(spec), keys: spec.volumeKeys },
  }
  const gate = new HandlerGate(handlers)
  try {
    const vm = await launch(context, { record, content, vcpu: spec.vcpu, memoryMib: spec.memoryMib, calls: await callsOf(context, spec, from) }, gate.handlers)
    await carryThrough(vm, gate, secrets, context.deadlineMs)
    return vm
  } catch (error) {
    await closeVolumes(record)
    throw error instanceof VmmError ? error : launchError(error instanceof Error ? error.message : String(error))
  }
}

export async function closeVolumes({ volumes }: VmRecord): Promise<void> {
  for (const volume of volumes) await closeVolume(volume).catch(() => {})
}

async function newRecord(context: BootContext, { id, startId, volumes }: VmSpec): Promise<VmRecord> {
  return {
    id, startId, jailId: jailIdOf(id), execName: basename(await realpath(context.firecracker)), process: null,
    volumes: volumes.map(({ id: volume, path, readOnly, encrypted }) => ({ id: volume, path, readOnly, encrypted })),
  }
}

async function callsOf(context: BootContext, spec: VmSpec, from: SnapshotFiles | null): Promise<ApiCall[]> {
  if (from) return loadCalls(spec.network)
  return bootCalls({ ...spec, limits: context.limits, kernelArguments: await readFile(guestAssets(context.guestDir).kernelArguments, 'utf8') })
}

export interface Launch { record: VmRecord; content: JailContent; vcpu: number; memoryMib: number; calls: readonly ApiCall[] }

/** Up to a VM that runs; what fails before leaves no process. */
export async function launch(context: BootContext, plan: Launch, handlers: VmHandlers): Promise<FirecrackerVm> {
  const { jails } = context
  const { record, content, calls } = plan
  await mkdir(jails.folder, { recursive: true, mode: 0o711 })
  await writeRecord(jails, record)
  const root = await buildJail(jails, record, content)
  const log = await open(join(root, JAIL.log), 'r+')
  try {
    const process = await startJailer(context, plan)
    const api = new FirecrackerApi(root)
    try {
      await writeRecord(jails, { ...record, process })
      await socketReady(root, api)
      for (const call of calls) await api.call(call, call.path === '/snapshot/load' ? LOAD_MS : undefined)
      const vm = new FirecrackerVm({ record, root, api, cgroup: cgroupOf(jails, record) }, process, handlers)
      // One that has ended by now is told by its end.
      const info = await api.info().catch(() => null)
      if (info && (info.id !== record.jailId || info.state !== 'Running')) throw new VmmError('vmm_failed', `Firecracker says ${info.id} is ${info.state}`)
      return vm
    } catch (error) {
      api.close()
      if (!cgroupOf(jails, record).kill()) killNow(process)
      await waitGone(process, SOCKET_MS)
      throw error
    }
  } finally {
    await log.close()
  }
}

async function startJailer({ jails, jailer, firecracker }: BootContext, { record, content, vcpu, memoryMib }: Launch): Promise<ProcessRef> {
  const argv = [jailer, ...jailerArguments({ jailId: record.jailId, execFile: firecracker, uid: content.uid, chrootBase: jails.folder, vcpu, memoryMib })]
  const { code, stdout, stderr } = await tryCommand(argv, { timeoutMs: JAILER_MS })
  if (code !== 0) throw launchError(`the jailer ended with ${code}: ${stderr.trim() || stdout.trim()}`)
  const process = await processOfJail(jails, record)
  if (process === null) throw new VmmError('vmm_failed', 'Firecracker ended as soon as the jailer had started it')
  return process
}

/** The kernel tells when something appears beside the socket; a look now and then is for the file system that does not tell. */
async function socketReady(root: string, api: FirecrackerApi): Promise<void> {
  const end = performance.now() + SOCKET_MS
  for (;;) {
    const changed = somethingHappens(join(root, 'run'))
    if (await api.info().then(() => true, () => false)) return
    if (performance.now() > end) throw new VmmError('vmm_failed', 'Firecracker did not open its control socket')
    await changed
  }
}

function somethingHappens(folder: string): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      clearTimeout(timer)
      watcher?.close()
      resolve()
    }
    const timer = setTimeout(settle, SOCKET_LOOK_MS)
    const watcher = quietly(() => watch(folder, settle))
    watcher?.on('error', settle)
  })
}

function quietly<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}

function launchError(text: string): VmmError {
  return new VmmError(/no space left on device|ENOSPC/i.test(text) ? 'no_space' : 'vmm_failed', text.slice(-1000))
}
