/** Collects binaries of installed Debian packages together with the shared libraries they need. */
import { execFile } from 'node:child_process'
import { readFile, realpath } from 'node:fs/promises'
import { promisify } from 'node:util'
import { file, symlink, type TarEntry } from './tar.ts'

const run = promisify(execFile)

const REDIS = '/usr/bin/redis-check-rdb'

async function readHostBinary(path: string, debianPackage: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch {
    throw new Error(`${path} is missing, so built-in images cannot be built. Install it with: apt-get install ${debianPackage}`)
  }
}

const strip = (path: string): string => path.replace(/^\/(usr\/)?/, '')

export async function busybox(): Promise<TarEntry[]> {
  const content = await readHostBinary('/bin/busybox', 'busybox-static')
  const { stdout } = await run('/bin/busybox', ['--list'])
  const applets = stdout.split('\n').filter((name) => name !== '' && name !== 'busybox')
  return [file('bin/busybox', content, { mode: 0o755 }), ...applets.map((name) => symlink(`bin/${name}`, 'busybox'))]
}

/** Debian ships server and tools of Redis as one binary that chooses its role by the name it is started with. */
export async function redisServer(): Promise<TarEntry[]> {
  const entries = [file('bin/redis-server', await readHostBinary(REDIS, 'redis-tools'), { mode: 0o755 })]
  const { stdout } = await run('/usr/bin/ldd', [REDIS])
  for (const line of stdout.split('\n')) {
    const library = /(?:=>\s+|^\s+)(\/\S+)/.exec(line)?.[1]
    if (library === undefined) continue
    const path = library.includes('/ld-linux') ? library.slice(1) : `lib/${library.slice(library.lastIndexOf('/') + 1)}`
    entries.push(file(strip(`/${path}`), await readFile(await realpath(library)), { mode: 0o755 }))
  }
  return entries
}
