import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import readline from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { FakePortal } from '../../agent/testing/fake-portal.ts'
import { vmObject } from '../../agent/testing/world.ts'
import { buildAsAgent } from '../build/bundle.ts'
import { cpuSeconds, residentMib } from './proc.ts'
import type { Figure } from './report.ts'

const VMS = 500
const SETTLE_MS = 15_000
const WATCH_MS = 30_000
const LIMIT_MS = 120_000

async function startAgent(url: string, dir: string): Promise<ChildProcess & { pid: number }> {
  const outfile = path.join(dir, 'agent.mjs')
  await buildAsAgent('scripts/bench/lonely-agent.ts', outfile)
  const child = spawn(process.execPath, [outfile, url], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, TMPDIR: dir } })
  for await (const line of readline.createInterface({ input: child.stdout })) {
    if (line === 'ready' && child.pid !== undefined) return Object.assign(child, { pid: child.pid })
  }
  throw new Error('the agent did not start')
}

async function allRunning(portal: FakePortal): Promise<void> {
  const end = performance.now() + LIMIT_MS
  const running = (): number => [...portal.statuses.values()].filter(({ kind, phase, health }) => kind === 'vm' && phase === 'running' && health === 'ok').length
  while (running() < VMS) {
    if (performance.now() > end) throw new Error(`only ${running()} of ${VMS} VMs ran after ${LIMIT_MS / 1000} s`)
    await sleep(20)
  }
}

async function shareOfCore(pid: number): Promise<number> {
  const before = cpuSeconds(pid)
  await sleep(WATCH_MS)
  return (cpuSeconds(pid) - before) / (WATCH_MS / 1000) * 100
}

/** One agent with many VMs that are only said to run, checked every ten seconds as the default is. */
export async function measureAgent(): Promise<Figure[]> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'shellwego-agent-'))
  const portal = new FakePortal()
  const child = await startAgent(await portal.listen(), dir)
  try {
    await sleep(SETTLE_MS)
    const alone = { what: 'the same agent without VMs', value: residentMib(child.pid) }
    const begun = performance.now()
    const wanted = Array.from({ length: VMS }, (_, n) => vmObject(`vm_${n}`, 1, {
      app_id: `app_${n}`, network: { id: `net_${n % 50}`, address: `10.64.${1 + (n >> 7)}.${2 + (n & 127)}/24`, gateway: '10.64.1.1', mac: '02:50:0a:40:01:02' },
      health: { path: '/', interval_s: 10, timeout_s: 1, healthy: 1, unhealthy: 2, grace_s: 30 },
    }))
    portal.want(wanted)
    await allRunning(portal)
    const reconciled = performance.now() - begun
    await sleep(SETTLE_MS)
    const busy = await shareOfCore(child.pid)
    const memory = residentMib(child.pid)
    const changed = performance.now()
    portal.want(wanted.map((object, n) => (n === 0 && object.kind === 'vm' ? { ...object, generation: 2, desired: 'stopped' } : object)))
    while (portal.status('vm_0')?.phase !== 'stopped') await sleep(1)
    return [
      { what: `memory with ${VMS} VMs (RSS)`, value: memory, unit: 'MiB', reference: alone, target: '<= 150' },
      { what: `processor with ${VMS} VMs, nothing to do but checks`, value: busy, unit: '%' },
      { what: `from the list until all ${VMS} run and are healthy`, value: reconciled, unit: 'ms' },
      { what: 'one change among them, from the list to the report', value: performance.now() - changed, unit: 'ms' },
    ]
  } finally {
    child.kill()
    await portal.close()
    rmSync(dir, { recursive: true, force: true })
  }
}
