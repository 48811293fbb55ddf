/** Unpacks a built image into a folder and runs it there by chroot: the image as such, without a virtual machine around it. */
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { BuiltImage } from '../oci-image.ts'

export interface RunningImage {
  output(): string
  exit: Promise<number | null>
  stop(): Promise<void>
}

const SYSTEM_PATH = '/usr/sbin:/usr/bin:/sbin:/bin'

export function unpackImage(image: BuiltImage, root: string): void {
  mkdirSync(root, { recursive: true })
  for (const layer of image.layers) execFileSync('tar', ['-xf', '-', '-C', root, '--no-same-owner'], { input: gunzipSync(layer.content) })
  writeFileSync(join(root, 'dev/null'), '')
}

export function runImage(image: BuiltImage, root: string, env: Record<string, string>): RunningImage {
  const { config } = JSON.parse(image.config.content.toString()) as { config: { Entrypoint?: string[], Cmd?: string[], Env?: string[] } }
  const defaults = Object.fromEntries((config.Env ?? []).map((entry) => entry.split('=') as [string, string]))
  const inside = Object.entries({ ...defaults, ...env }).map(([name, value]) => `${name}=${value}`)
  const enter = process.getuid?.() === 0 ? [] : ['unshare', '--user', '--map-root-user']
  const [program = 'chroot', ...args] = [...enter, 'chroot', root, '/bin/env', '-i', ...inside, ...config.Entrypoint ?? [], ...config.Cmd ?? []]
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PATH: SYSTEM_PATH } })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString() })
  child.stderr.on('data', (chunk: Buffer) => { output += chunk.toString() })
  const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await exit
  }
  return { output: () => output, exit, stop }
}
