import { execFile, execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const FULL = process.env.SHELLWEGO_FULL === '1'
const name = `swgacme${randomBytes(3).toString('hex')}`
const folder = path.join('/etc/netns', name)
const scene = path.resolve(import.meta.dirname, '../../../testing/acme-scenario.ts')
const has = (command: string, ...args: string[]): boolean => {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
/** Validation always uses ports 80 and 443, so it needs a network of its own, and root for that. */
const available = process.getuid?.() === 0 && has('caddy', 'version') && has('ip', 'netns', 'list')

beforeAll(() => {
  if (!available) return
  mkdirSync(folder, { recursive: true })
  const hosts = ['acme', 'console', 'shop', 'alpn', 'late', 'two'].map((host) => `${host}.test`).join(' ')
  writeFileSync(path.join(folder, 'hosts'), `127.0.0.1 localhost ${hosts}\n`)
  execFileSync('ip', ['netns', 'add', name])
  execFileSync('ip', ['netns', 'exec', name, 'ip', 'link', 'set', 'lo', 'up'])
})
afterAll(() => {
  if (!available) return
  execFileSync('ip', ['netns', 'del', name])
  rmSync(folder, { recursive: true, force: true })
})

test.skipIf(!available)('C24: certificates by HTTP-01, also where the authority asks another edge, and TLS-ALPN-01, renewed, for verified names only; a dead authority or agent takes nobody down', async () => {
  const { stdout } = await promisify(execFile)('ip', ['netns', 'exec', name, process.execPath, scene])
  const seen = JSON.parse(stdout) as {
    http01: { fingerprint: string }; renewed: { fingerprint: string }; [more: string]: unknown
  }
  const served = expect.objectContaining({ trusted: true, status: 200 }) as object
  expect(seen).toMatchObject({
    http01: served, ordered: served, renewed: served, alpn01: served, floods: FULL ? 10_000 : 300, ordersByFlood: 0, withoutAsk: { held: served, fresh: true },
    lateRefused: true, neighbours: Array.from({ length: 20 }, () => 200), late: FULL ? served : null,
  })
  expect(seen.renewed.fingerprint).not.toBe(seen.http01.fingerprint)
}, 600_000)
