/** `agent health-check`: what a node needs, looked at one by one; the last look is a microVM that boots and goes. Prints one JSON report. */
import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isInstalled } from './drivers/command.ts'
import { hostTrees } from './drivers/vmm/control-group.ts'
import { createVmm, type ChosenVmm, type VmmWish } from './drivers/vmm/choose.ts'
import { CONTROLLERS } from './drivers/vmm/limits.ts'
import { bootsThrowAway } from './drivers/vmm/qemu/accelerator-probe.ts'
import { bootMs, currentBootId, fenceFiles, readWhole, type Beat } from './fence/lease-file.ts'
import { guestAssets } from './guest/assets.ts'
import { lockHolder } from './runtime/lock.ts'

interface Finding { status: 'ok' | 'warning' | 'failed'; detail: string }
interface Check extends Finding { name: string; ms: number | null }

const QEMU = 'qemu-system-x86_64'
const TOOLS = [QEMU, 'skopeo', 'umoci', 'mkfs.ext4', 'caddy']
const ROOT_TOOLS = ['ip', 'nft']
/** An emulated kernel takes seconds where a real one takes a tenth of one. */
const BOOT_LIMIT_MS = 60_000
const ENOUGH_MIB = 5 * 1024
const FLOOR_MIB = 1024
const FENCE_SILENT_MS = 5_000

const ok = (detail: string): Finding => ({ status: 'ok', detail })
const warning = (detail: string): Finding => ({ status: 'warning', detail })
const failed = (detail: string): Finding => ({ status: 'failed', detail })

function tools(env: NodeJS.ProcessEnv, isRoot: boolean): Finding {
  const missing = [...TOOLS, ...(isRoot ? ROOT_TOOLS : [])].filter((tool) => !isInstalled(tool, env['PATH']))
  return missing.length === 0 ? ok('all there') : failed(`missing: ${missing.join(', ')}; \`npm run up\` installs them`)
}

async function disk(data: string): Promise<Finding> {
  let folder = data
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder)
  const { bavail, bsize } = await statfs(folder)
  const free = Math.floor((bavail * bsize) / 2 ** 20)
  const detail = `${(free / 1024).toFixed(1)} GiB free at ${folder}`
  if (free < FLOOR_MIB) return failed(`${detail}; nothing starts with less than 1 GiB`)
  return free < ENOUGH_MIB ? warning(detail) : ok(detail)
}

function network(isRoot: boolean): Finding {
  return isRoot ? ok('bridges: apps have a private network') : warning('user networking: without root apps have no private network')
}

function agent(data: string): Finding {
  const holder = lockHolder(join(data, 'agent/lock'))
  return holder ? ok(`runs (pid ${holder.pid})`) : warning('does not run; start it with `npm run up`')
}

/** Nothing strict runs without it; everything else does. */
function fence(data: string): Finding {
  const beat = readWhole<Beat>(fenceFiles(join(data, 'agent/fence')).beat)
  const alive = beat !== null && beat.bootId === currentBootId() && bootMs() - beat.atMs < FENCE_SILENT_MS
  return alive ? ok(`runs (pid ${beat.pid})`) : warning('does not run: apps with strict volumes do not start here. Look at shellwego-fence.service; `npm run up` starts it too')
}

function guest(folder: string): Finding {
  const { kernel, initramfs, kernelArguments } = guestAssets(folder)
  const missing = [kernel, initramfs, kernelArguments].filter((file) => !existsSync(file))
  return missing.length === 0 ? ok(folder) : failed(`missing: ${missing.join(', ')}; \`npm run up\` makes them`)
}

const vmmDriver = async (vmm: ChosenVmm): Promise<Finding> => {
  const { driver, why } = await vmm.choice()
  return ok(`${driver}: ${why}`)
}

/** Of VMs of QEMU; the jailer brings those of Firecracker. */
function limits(isRoot: boolean): Finding {
  const { trees, missing } = isRoot ? hostTrees() : { trees: [], missing: CONTROLLERS }
  if (missing.length > 0) return warning(`no control group for ${missing.join(', ')}: one VM can take that from the others`)
  return ok(`control groups version ${[...new Set(trees.filter(({ controllers }) => controllers.length > 0).map(({ version }) => version))].join(' and ')}: ${CONTROLLERS.join(', ')}`)
}

async function accelerator(vmm: ChosenVmm): Promise<Finding> {
  const { accelerator: name, isolation, reason } = await vmm.probe()
  return isolation === 'hardware' ? ok(`${name}: ${reason}`) : warning(`${name}: ${reason}. Emulation is no boundary against a hostile guest: for people you trust only`)
}

/** Memory must never lie on a disk in clear, not by way of swap either. */
async function sleep(vmm: ChosenVmm): Promise<Finding> {
  const { driver, noSleep } = await vmm.probe()
  if (noSleep !== null) return warning(`apps stay awake: ${noSleep}`)
  return ok(driver === 'firecracker' ? 'apps can sleep, where a copy of their memory fits beside them' : 'apps can sleep')
}

async function microvm(vmm: ChosenVmm, guestDir: string): Promise<Finding> {
  const { driver, accelerator: name } = await vmm.probe()
  // It was chosen because one booted.
  if (driver === 'firecracker') return ok('booted under Firecracker, answered and is gone')
  const booted = await bootsThrowAway({ qemu: QEMU, assets: guestAssets(guestDir) }, name === 'kvm' ? 'kvm' : 'tcg', BOOT_LIMIT_MS)
  return booted ? ok(`booted under ${name}, answered and is gone`) : failed(`its init did not answer within ${BOOT_LIMIT_MS / 1000} s under ${name}`)
}

async function timed(name: string, look: () => Finding | Promise<Finding>): Promise<Check> {
  const from = performance.now()
  try {
    const finding = await look()
    return { name, ...finding, ms: Math.round(performance.now() - from) }
  } catch (error) {
    return { name, ...failed(error instanceof Error ? error.message : String(error)), ms: null }
  }
}

const wishOf = (text = 'auto'): VmmWish => (text === 'qemu' || text === 'firecracker' ? text : 'auto')

export async function inspectNode(env: NodeJS.ProcessEnv): Promise<Check[]> {
  const data = env['SHELLWEGO_DATA'] ?? '/var/lib/shellwego'
  const guestDir = env['SHELLWEGO_GUEST_DIR'] ?? join(data, 'guest')
  const isRoot = process.getuid?.() === 0
  const vmm = createVmm({
    wish: wishOf(env['SHELLWEGO_VMM']), accel: env['SHELLWEGO_ACCEL'] ?? 'auto', vmsDir: join(data, 'vms'), guestDir,
    firecracker: env['SHELLWEGO_FIRECRACKER'] ?? '/usr/local/bin/firecracker', bridge: isRoot && env['SHELLWEGO_NETWORK'] !== 'user', probeUid: Number(env['SHELLWEGO_VM_UID_BASE'] ?? 2_100_000),
  })
  const checks = [
    await timed('tools', () => tools(env, isRoot)), await timed('disk', () => disk(data)), await timed('network', () => network(isRoot)), await timed('limits', () => limits(isRoot)),
    await timed('agent', () => agent(data)), await timed('fence', () => fence(data)), await timed('guest', () => guest(guestDir)),
  ]
  const cannotBoot = checks.filter(({ name, status }) => status === 'failed' && (name === 'tools' || name === 'guest'))
  if (cannotBoot.length > 0) return [...checks, { name: 'microvm', ...failed(`not tried: ${cannotBoot.map(({ name }) => name).join(' and ')} first`), ms: null }]
  return [...checks, await timed('driver', () => vmmDriver(vmm)), await timed('accelerator', () => accelerator(vmm)), await timed('sleep', () => sleep(vmm)), await timed('microvm', () => microvm(vmm, guestDir))]
}

export async function healthCheck(env: NodeJS.ProcessEnv): Promise<number> {
  process.stdout.write(`${JSON.stringify({ checks: await inspectNode(env) })}\n`)
  return 0
}
