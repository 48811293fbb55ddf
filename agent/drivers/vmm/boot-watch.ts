/** What every boot waits for: a guest that answers within its deadline, and no event told before that. */
import { MEMORY_FLOOR_MIB } from '../../guest/assets.ts'
import { STATE } from '../../guest/protocol.ts'
import { VmmError, type VmHandlers, type VmIdentity } from '../vmm.ts'
import type { GuestChannel } from './guest/channel.ts'
import { cpuMicroseconds } from './process.ts'

interface BootingVm {
  identity: VmIdentity
  channel: GuestChannel
  gone: Promise<void>
  /** Settles when the guest says that its process was spawned, or how it ended. */
  settled: Promise<void>
  kill(): Promise<void>
}

const DEADLINE_CHECK_MS = 100
const STARVED_FACTOR = 6
const ATTACH_DEADLINE_MS = 10_000

/** From a VMM that runs to a process that runs, with its secrets; a boot that fails leaves nothing running. */
export async function carryThrough(vm: BootingVm, gate: HandlerGate, secrets: Record<string, string>, deadlineMs: number): Promise<void> {
  try {
    await answers(vm, vm.channel.ready, deadlineMs, 'the guest did not answer in time')
    if (gate.exit) throw bootFailure(gate)
    vm.channel.go(secrets)
    await answers(vm, vm.settled, deadlineMs, 'the guest did not start its process in time')
    gate.open()
  } catch (error) {
    if (gate.exit === null) await vm.kill()
    throw error
  }
}

/** The former agent may have died before it delivered the secrets: then only a caller who has them can go on. */
export async function resumeStart(vm: BootingVm, secrets: Record<string, string> | undefined): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => { timer = setTimeout(() => resolve(null), ATTACH_DEADLINE_MS) })
  const state = await Promise.race([vm.channel.ready, vm.gone, late])
  clearTimeout(timer)
  if (state !== STATE.WAITING) return true
  if (secrets === undefined) {
    await vm.kill()
    return false
  }
  vm.channel.go(secrets)
  return true
}

/** Holds events back until the boot has succeeded: a failed try is told by the rejection, not by `onExit`. */
export class HandlerGate {
  exit: Parameters<VmHandlers['onExit']>[0] | null = null
  readonly handlers: VmHandlers
  #held: (() => void)[] | null = []

  constructor(target: VmHandlers) {
    const pass = (call: () => void): void => void (this.#held ? this.#held.push(call) : call())
    this.handlers = {
      onStarted: () => pass(() => target.onStarted()),
      onLog: (lines) => pass(() => target.onLog(lines)),
      onExit: (exit) => {
        this.exit = exit
        pass(() => target.onExit(exit))
      },
    }
  }

  open(): void {
    const held = this.#held ?? []
    this.#held = null
    for (const call of held) call()
  }
}

function bootFailure({ exit }: HandlerGate): VmmError {
  if (exit?.kind === 'vmm' && exit.reason === 'guest_panic') return new VmmError('guest_panic', exit.detail)
  return new VmmError('vmm_failed', exit?.kind === 'vmm' ? exit.detail : 'the guest powered off while booting')
}

/**
 * A guest that got no processor time is not hung, and starting it anew would only make a busy host busier: the deadline counts
 * once the VM has used half of it in processor time, or six times over.
 */
export async function answers(vm: BootingVm, work: Promise<unknown>, deadlineMs: number, message: string): Promise<void> {
  const from = performance.now()
  const cpuFrom = cpuUsed(vm.identity)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      const elapsed = performance.now() - from
      const usedMs = (cpuUsed(vm.identity) - cpuFrom) / 1000
      const overdue = elapsed >= deadlineMs && usedMs >= deadlineMs / 2
      if (overdue || elapsed >= deadlineMs * STARVED_FACTOR) reject(new VmmError('boot_timeout', message))
    }, DEADLINE_CHECK_MS)
  })
  try {
    await Promise.race([work, vm.gone, late])
  } finally {
    clearInterval(timer)
  }
}

/** Of one that is gone its end will tell, not its clock. */
function cpuUsed({ pid }: VmIdentity): number {
  try {
    return cpuMicroseconds(pid)
  } catch {
    return 0
  }
}

/** Linux takes no single environment string above this; NUL would end it early. */
const ASSIGNMENT_MAX_BYTES = 131_071

export function checkSecrets(secrets: Record<string, string>): void {
  for (const [name, value] of Object.entries(secrets)) {
    if (name.includes('\0') || value.includes('\0') || Buffer.byteLength(`${name}=${value}`) > ASSIGNMENT_MAX_BYTES) {
      throw new VmmError('vmm_failed', `secret ${JSON.stringify(name)} holds NUL or is larger than ${ASSIGNMENT_MAX_BYTES} bytes`)
    }
  }
}

export function checkMemory(memoryMib: number): void {
  if (memoryMib < MEMORY_FLOOR_MIB) {
    throw new VmmError('memory_too_small', `a VM needs at least ${MEMORY_FLOOR_MIB} MiB of memory, not ${memoryMib}`)
  }
}
