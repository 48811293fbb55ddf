/** A real docker-registry on a free loopback port, filled with the built-in images. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildBuiltinImages } from '../build.ts'
import { registryArgv, registryConfig, waitForRegistry } from '../registry.ts'

const FIRST_PORT = 21600
const LAST_PORT = 21999

const isFree = (port: number): Promise<boolean> => new Promise((resolve) => {
  const probe = createServer()
  probe.once('error', () => resolve(false))
  probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
})

export async function freePort(): Promise<number> {
  const start = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT))
  for (let port = start; port <= LAST_PORT; port += 1) if (await isFree(port)) return port
  throw new Error(`No free port between ${start} and ${LAST_PORT}`)
}

export interface LocalRegistry { address: string, dir: string, digests: Record<string, string>, stop(): Promise<void> }

export async function startLocalRegistry(): Promise<LocalRegistry> {
  const dir = await mkdtemp(join(tmpdir(), 'registry-'))
  const address = `127.0.0.1:${await freePort()}`
  const file = join(dir, 'registry.json')
  await writeFile(file, registryConfig({ dataDir: join(dir, 'data'), address }))
  const [program, ...args] = registryArgv(file)
  const child = spawn(program, args, { stdio: 'ignore' })
  const missing = new Promise<never>((_resolve, reject) => child.once('error', reject))
  const ended = Promise.race([new Promise((resolve) => child.once('exit', resolve)), missing.catch(() => null)])
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
    await rm(dir, { recursive: true, force: true })
  }
  try {
    await Promise.race([waitForRegistry(address), missing])
    const { digests } = await buildBuiltinImages({ workDir: join(dir, 'work'), registry: address })
    return { address, dir, digests, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
