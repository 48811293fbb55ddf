/** From a jail to a Firecracker in it that has begun what it was told; what fails before leaves no process. */
import { watch } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { tryCommand } from '../../command.ts'
import { VmmError, type VmHandlers } from '../../vmm.ts'
import { machineMark, type MarkedSpec } from '../machine-mark.ts'
import { killNow, waitGone, type ProcessRef } from '../process.ts'
import { FirecrackerApi, type InstanceInfo } from './api.ts'
import type { HostMemory } from './host-memory.ts'
import { buildJail, type JailContent } from './jail.ts'
import { groupMemoryMib, jailerArguments } from './jailer.ts'
import { JAIL, type DeviceLimits } from './machine.ts'
import { viewOf } from './memory-folder.ts'
import { cgroupOf, processOfJail, writeRecord, type Jails, type VmRecord } from './record.ts'
import { FirecrackerVm } from './vm.ts'

export interface BootContext {
  jails: Jails
  guestDir: string
  firecracker: string
  jailer: string
  limits: DeviceLimits
  hostMemory: HostMemory
  deadlineMs: number
}

/** A Firecracker that knows nothing yet. `machine`: what a snapshot would have to fit. */
export interface Fresh { api: FirecrackerApi; machine: string | null; view: string }

export interface Launch {
  record: VmRecord
  content: JailContent
  vcpu: number
  /** Null: it never sleeps. */
  marked: MarkedSpec | null
  begin: (fresh: Fresh) => Promise<void>
}

const JAILER_MS = 20_000
const SOCKET_MS = 10_000
const SOCKET_LOOK_MS = 20

export async function launch(context: BootContext, plan: Launch, handlers: VmHandlers): Promise<FirecrackerVm> {
  const { jails, hostMemory } = context
  const { content, marked, begin } = plan
  await mkdir(jails.folder, { recursive: true, mode: 0o711 })
  await writeRecord(jails, plan.record)
  const root = await buildJail(jails, plan.record, content)
  const log = await open(join(root, JAIL.log), 'r+')
  try {
    const process = await startJailer(context, plan)
    const api = new FirecrackerApi(root)
    const cgroup = cgroupOf(jails, plan.record)
    try {
      const { vmm_version: version } = await socketReady(root, api)
      const machine = marked && await machineMark(version, marked, 'kvm')
      const record = { ...plan.record, process, machine }
      await writeRecord(jails, record)
      await begin({ api, machine, view: await viewOf(root, process.pid) })
      const vm = new FirecrackerVm({ record, jails, root, api, cgroup, hostMemory }, process, handlers)
      // One that has ended by now is told by its end.
      const info = await api.info().catch(() => null)
      if (info && (info.id !== record.jailId || info.state !== 'Running')) throw new VmmError('vmm_failed', `Firecracker says ${info.id} is ${info.state}`)
      return vm
    } catch (error) {
      api.close()
      if (!cgroup.kill()) killNow(process)
      await waitGone(process, SOCKET_MS)
      throw error
    }
  } finally {
    await log.close()
  }
}

async function startJailer({ jails, jailer, firecracker }: BootContext, { record, content, vcpu }: Launch): Promise<ProcessRef> {
  const limitMib = groupMemoryMib(record.memoryMib, record.woken ? 2 : 1)
  const argv = [jailer, ...jailerArguments({ jailId: record.jailId, execFile: firecracker, uid: content.uid, chrootBase: jails.folder, vcpu, limitMib })]
  const { code, stdout, stderr } = await tryCommand(argv, { timeoutMs: JAILER_MS })
  if (code !== 0) throw launchError(`the jailer ended with ${code}: ${stderr.trim() || stdout.trim()}`)
  const process = await processOfJail(jails, record)
  if (process === null) throw new VmmError('vmm_failed', 'Firecracker ended as soon as the jailer had started it')
  return process
}

/** The kernel tells when something appears beside the socket; a look now and then is for the file system that does not tell. */
async function socketReady(root: string, api: FirecrackerApi): Promise<InstanceInfo> {
  const end = performance.now() + SOCKET_MS
  for (;;) {
    const changed = somethingHappens(join(root, 'run'))
    const info = await api.info().catch(() => null)
    if (info !== null) return info
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

export function launchError(text: string): VmmError {
  return new VmmError(/no space left on device|ENOSPC/i.test(text) ? 'no_space' : 'vmm_failed', text.slice(-1000))
}
