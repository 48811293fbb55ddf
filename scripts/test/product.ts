import { spawn } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import readline from 'node:readline'
import { checkout } from '../host/files.ts'
import { freePort } from '../host/ports.ts'
import { readRunFile, type RunFile } from '../up/run-file.ts'

const START_MS = 300_000
const FIRST_PORT = 21_000
const PORT_VARIABLES = [
  'PORT', 'SHELLWEGO_HTTPS_PORT', 'SHELLWEGO_HTTP_PORT', 'SHELLWEGO_POSTGRES_PORT', 'SHELLWEGO_REGISTRY_PORT', 'SHELLWEGO_DNS_PORT',
  'SHELLWEGO_ASK_PORT', 'SHELLWEGO_SANDBOX_PORT',
]

export interface Product {
  data: string
  /** What a second command about this product needs, `npm run down` for one. */
  env: Record<string, string>
  run: () => RunFile
  /** Starts it again on the same data; resolves when it is ready. */
  start: () => Promise<void>
  stop: () => Promise<void>
  remove: () => Promise<void>
}

async function ownPorts(): Promise<Record<string, string>> {
  const taken = new Set<number>()
  const ports: Record<string, string> = {}
  for (const variable of PORT_VARIABLES) {
    const port = await freePort(FIRST_PORT, taken)
    taken.add(port)
    ports[variable] = String(port)
  }
  return ports
}

/** Somebody else than root, and a checkout they can read. */
export interface OrdinaryUser {
  uid: number
  checkout: string
}

const asUser = (user: OrdinaryUser | undefined): string[] => (user ? [`--reuid=${user.uid}`, `--regid=${user.uid}`, '--clear-groups'] : [])

/** A whole product of the caller's own, started as a person would: own data folder, own ports. */
export async function makeProduct(settings: Record<string, string> = {}, user?: OrdinaryUser): Promise<Product> {
  const data = mkdtempSync(path.join(os.tmpdir(), 'shellwego-product-'))
  if (user) chownSync(data, user.uid, user.uid)
  const home = user?.checkout ?? checkout
  const env = { ...await ownPorts(), SHELLWEGO_DATA: data, SHELLWEGO_MODE: 'sandbox', ...(user ? { HOME: data } : {}), ...settings }
  let exited: Promise<void> | undefined
  let kill: (() => void) | undefined

  const start = async (): Promise<void> => {
    // However this process ends, the product is told to stop.
    const child = spawn('setpriv', [...asUser(user), '--pdeathsig=TERM', process.execPath, path.join(home, 'scripts/up.mjs')],
      { cwd: home, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
    exited = new Promise((resolve) => child.once('exit', () => resolve()))
    kill = () => child.kill('SIGTERM')
    const lines: string[] = []
    const timeout = setTimeout(() => child.kill('SIGTERM'), START_MS)
    for await (const line of readline.createInterface({ input: child.stdout })) {
      lines.push(line)
      if (!line.startsWith('ready ')) continue
      clearTimeout(timeout)
      child.stdout.resume()
      return
    }
    throw new Error(`the product did not start:\n${lines.slice(-40).join('\n')}`)
  }
  const stop = async (): Promise<void> => {
    kill?.()
    await exited
  }
  return {
    data, env, start, stop,
    run: () => readRunFile(data),
    remove: async () => {
      await stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}
