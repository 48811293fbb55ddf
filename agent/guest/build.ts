/** Builds kernel, initramfs and kernel arguments of the microVMs from Debian packages, gcc and the sources beside this file. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { CommandError, mustRun } from '../drivers/vmm/command.ts'
import { characterDevice, directory, file, writeArchive } from './initramfs.ts'
import { writeArguments } from './arguments.ts'
import { guestAssets, MEMORY_FLOOR_MIB, type GuestAssets } from './assets.ts'

const RECIPE = 1
const META_PACKAGE = 'linux-image-cloud-amd64'
/** In load order: each module after those it needs. */
const MODULES = [
  'virtio_ring', 'virtio', 'virtio_mmio', 'virtio_blk', 'failover', 'net_failover', 'virtio_net', 'virtio_console',
  'virtio-rng', 'virtio_balloon', 'overlay', 'vsock', 'vmw_vsock_virtio_transport_common', 'vmw_vsock_virtio_transport',
]
const C_FLAGS = ['-std=gnu17', '-D_GNU_SOURCE', '-Wall', '-Wextra', '-Werror', '-O2', '-static']
const INIT_SOURCES = join(import.meta.dirname, 'init')
const TSC_SOURCE = join(import.meta.dirname, 'tsc', 'tsc-khz.c')

export interface BuildGuestOptions {
  outDir: string
  /** Holds the downloaded package; may be deleted at any time. */
  cacheDir: string
  /** What a test puts into its guests beside. */
  extra?: GuestExtra
}

interface GuestExtra { modules: readonly string[]; sources: readonly string[]; flags: readonly string[] }
const NOTHING: GuestExtra = { modules: [], sources: [], flags: [] }

export async function buildGuest({ outDir, cacheDir, extra = NOTHING }: BuildGuestOptions): Promise<GuestAssets> {
  if (process.arch !== 'x64') throw new Error(`The microVM kernel is built for x86-64 only; this machine is ${process.arch}.`)
  await mkdir(outDir, { recursive: true, mode: 0o755 })
  await mkdir(cacheDir, { recursive: true, mode: 0o755 })
  const assets = guestAssets(outDir)
  const work = await mkdtemp(join(outDir, 'build-'))
  try {
    const kernelPackage = await newestKernelPackage(assets)
    const hash = await recipeHash(kernelPackage, extra)
    if (builtHash(assets) !== hash) await buildFiles({ work, cacheDir, kernelPackage, hash, assets, extra })
    await compileClockHelper(work, assets)
    await writeArguments(outDir)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  return assets
}

/** A machine without package lists keeps the kernel it already has. */
async function newestKernelPackage(assets: GuestAssets): Promise<string> {
  const listing = await mustRun(['apt-cache', 'depends', META_PACKAGE]).catch(() => '')
  const found = /Depends: (linux-image-\S+)/.exec(listing)?.[1] ?? readStamp(assets)?.kernelPackage
  if (found === undefined) throw new Error(`Package ${META_PACKAGE} is unknown here: run "apt-get update" as root, then try again.`)
  return found
}

interface Stamp { hash: string; kernelPackage: string; memoryFloorMib: number }

function readStamp(assets: GuestAssets): Stamp | null {
  try {
    return JSON.parse(readFileSync(assets.stamp, 'utf8')) as Stamp
  } catch {
    return null
  }
}

function builtHash(assets: GuestAssets): string | null {
  return existsSync(assets.kernel) && existsSync(assets.initramfs) ? (readStamp(assets)?.hash ?? null) : null
}

async function recipeHash(kernelPackage: string, extra: GuestExtra): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([RECIPE, kernelPackage, MODULES, C_FLAGS, extra]))
  for (const path of [...(await readdir(INIT_SOURCES)).sort().map((name) => join(INIT_SOURCES, name)), ...extra.sources]) {
    hash.update(basename(path)).update(await readFile(path))
  }
  return hash.digest('hex')
}

interface Build { work: string; cacheDir: string; kernelPackage: string; hash: string; assets: GuestAssets; extra: GuestExtra }

async function buildFiles({ work, cacheDir, kernelPackage, hash, assets, extra }: Build): Promise<void> {
  const [unpacked, init] = await Promise.all([unpackKernel(work, cacheDir, kernelPackage), compileInit(work, extra)])
  const [kernel, initramfs] = await Promise.all([extractKernel(work, unpacked), buildInitramfs(work, unpacked, init, [...MODULES, ...extra.modules])])
  // QEMU opens both as the VM's own user, whatever umask this ran under.
  await Promise.all([kernel, initramfs].map((path) => chmod(path, 0o644)))
  await rm(assets.stamp, { force: true })
  await rename(kernel, assets.kernel)
  await rename(initramfs, assets.initramfs)
  await copyFile(init, assets.init)
  const stamp: Stamp = { hash, kernelPackage, memoryFloorMib: MEMORY_FLOOR_MIB }
  await replaceFile(work, assets.stamp, JSON.stringify(stamp))
}

async function unpackKernel(work: string, cacheDir: string, kernelPackage: string): Promise<string> {
  const isPackage = (name: string): boolean => name.startsWith(`${kernelPackage}_`) && name.endsWith('.deb')
  if (!(await readdir(cacheDir)).some(isPackage)) {
    await mustRun(['apt-get', '-o', 'APT::Sandbox::User=root', 'download', kernelPackage], { cwd: cacheDir })
  }
  const archive = (await readdir(cacheDir)).find(isPackage)
  if (archive === undefined) throw new Error(`${kernelPackage} could not be downloaded.`)
  const target = join(work, 'kernel')
  try {
    await mustRun(['dpkg-deb', '-x', join(cacheDir, archive), target])
  } catch (error) {
    if (error instanceof CommandError) await rm(join(cacheDir, archive), { force: true })
    throw error
  }
  return target
}

async function compileInit(work: string, extra: GuestExtra): Promise<string> {
  const own = (await readdir(INIT_SOURCES)).filter((name) => name.endsWith('.c')).sort().map((name) => join(INIT_SOURCES, name))
  const sources = [...own, ...extra.sources]
  const output = join(work, 'init')
  await mustRun(['gcc', ...C_FLAGS, ...extra.flags, '-s', '-o', output, ...sources])
  return output
}

/** The bzImage carries an LZ4 payload: the plain ELF inside boots 0.25 s faster under emulation. */
async function extractKernel(work: string, unpacked: string): Promise<string> {
  const boot = join(unpacked, 'boot')
  const name = (await readdir(boot)).find((entry) => entry.startsWith('vmlinuz-'))
  if (name === undefined) throw new Error('The kernel package holds no kernel.')
  const image = await readFile(join(boot, name))
  const setupSectors = image.readUInt8(0x1f1)
  const start = (setupSectors + 1) * 512 + image.readUInt32LE(0x248)
  const lengthOfOutput = 4
  const payload = join(work, 'payload')
  await writeFile(payload, image.subarray(start, start + image.readUInt32LE(0x24c) - lengthOfOutput))
  const output = join(work, 'vmlinux')
  await mustRun(['lz4', '-dqf', payload, output])
  return output
}

async function buildInitramfs(work: string, unpacked: string, init: string, modules: readonly string[]): Promise<string> {
  const tree = await readdir(join(unpacked, 'lib', 'modules'), { recursive: true })
  const paths = modules.map((name) => {
    const found = tree.find((path) => basename(path) === `${name}.ko`)
    if (found === undefined) throw new Error(`The kernel package holds no module ${name}.`)
    return join(unpacked, 'lib', 'modules', found)
  })
  await mustRun(['strip', '-g', ...paths])
  const files = await Promise.all(paths.map(async (path) => file(`m/${basename(path)}`, await readFile(path))))
  const archive = writeArchive([
    ...['dev', 'proc', 'sys', 'm', 'lower', 'scratch', 'new'].map(directory),
    characterDevice('dev/console', 5, 1),
    file('init', await readFile(init), 0o755),
    file('modules', Buffer.from(files.map(({ path }) => `/${path}\n`).join(''))),
    ...files,
  ])
  const output = join(work, 'initramfs.cpio')
  await writeFile(output, archive)
  return output
}

/** Static, because it travels to machines without a compiler. */
async function compileClockHelper(work: string, { clockHelper }: GuestAssets): Promise<void> {
  const output = join(work, 'tsc-khz')
  await mustRun(['gcc', '-Wall', '-Wextra', '-Werror', '-O2', '-static', '-s', '-o', output, TSC_SOURCE])
  await rename(output, clockHelper)
}

async function replaceFile(work: string, path: string, text: string): Promise<void> {
  const temporary = join(work, basename(path))
  await writeFile(temporary, text, { mode: 0o644 })
  await rename(temporary, path)
}

if (import.meta.main) {
  const [outDir, cacheDir] = process.argv.slice(2)
  if (outDir === undefined) {
    process.stderr.write('usage: node agent/guest/build.ts <outDir> [cacheDir]\n')
    process.exitCode = 2
  } else {
    const assets = await buildGuest({ outDir, cacheDir: cacheDir ?? join(outDir, 'cache') })
    process.stdout.write(`${JSON.stringify(assets)}\n`)
  }
}
