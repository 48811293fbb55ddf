import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { readJournal } from '../up/journal.ts'
import { cpuSeconds, residentMib } from './proc.ts'
import { withProduct } from './product.ts'
import type { Figure } from './report.ts'

const SETTLE_MS = 10_000
const WATCH_MS = 20_000
const TARGETS: Record<string, string> = { portal: '<= 400', agent: '<= 80' }

/** Memory and processor time of each part while nothing happens, beside a Node process that does nothing. */
export async function measureIdle(): Promise<Figure[]> {
  return withProduct(async ({ data }) => {
    const empty = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore' })
    try {
      await sleep(SETTLE_MS)
      const parts = Object.entries(readJournal(data)).map(([name, { pid }]) => ({ name, pid, before: cpuSeconds(pid) }))
      await sleep(WATCH_MS)
      const reference = { what: 'empty Node process', value: residentMib(empty.pid ?? 0) }
      return parts.flatMap(({ name, pid, before }): Figure[] => [
        { what: `${name} memory (RSS)`, value: residentMib(pid), unit: 'MiB', reference, ...(TARGETS[name] ? { target: TARGETS[name] } : {}) },
        { what: `${name} processor`, value: (cpuSeconds(pid) - before) / (WATCH_MS / 1000) * 100, unit: '%', ...(name === 'agent' ? { target: '< 1' } : {}) },
      ])
    } finally {
      empty.kill()
    }
  })
}
