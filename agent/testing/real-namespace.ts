/** Runs a scenario of a whole node in a network namespace of its own, and gives back what it found. */
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildGuest } from '../guest/build.ts'

const TOOLS = ['qemu-system-x86_64', 'caddy', 'docker-registry', 'skopeo', 'umoci', 'nft', 'gcc']

const isThere = (tool: string): boolean => {
  try {
    execFileSync('which', [tool], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Root, and every program a node needs. */
export const namespacesPossible = (): boolean => TOOLS.every(isThere) && process.getuid?.() === 0

export async function inNamespace(scenario: string, args: readonly string[], timeoutMs: number): Promise<Record<string, unknown>> {
  // The kernel's package is fetched out here: nothing leads out of there.
  await buildGuest({ outDir: join(tmpdir(), 'shellwego-test-guest-node'), cacheDir: join(tmpdir(), 'shellwego-test-packages') })
  const namespace = `swgn${process.pid}${Date.now() % 100_000}`
  execFileSync('ip', ['netns', 'add', namespace])
  try {
    const script = join(import.meta.dirname, scenario)
    const output = execFileSync('ip', ['netns', 'exec', namespace, process.execPath, script, ...args], { encoding: 'utf8', timeout: timeoutMs })
    return JSON.parse(output) as Record<string, unknown>
  } finally {
    execFileSync('ip', ['netns', 'del', namespace])
  }
}
