import { existsSync } from 'node:fs'
import path from 'node:path'
import { run } from '../../scripts/host/run.ts'
import { dataFolder } from '../../scripts/up/paths.ts'
import { findRunFile } from '../../scripts/up/run-file.ts'
import type { Cli } from '../cli.ts'
import { CommandFailure, EXIT, UsageError } from '../exit.ts'
import { fetchTrusting } from '../http.ts'
import { withExamples } from '../help.ts'
import type { Color } from '../text.ts'

interface Check { name: string; status: 'ok' | 'warning' | 'failed'; detail: string; ms: number | null }
const COLORS: Record<Check['status'], Color> = { ok: 'green', warning: 'yellow', failed: 'red' }

/** The agent needs the pinned Node; this command may run on an older one. */
function nodeFor(home: string): string {
  const pinned = path.join(home, `node_modules/node-linux-${process.arch}/bin/node`)
  return existsSync(pinned) ? pinned : process.execPath
}

/** The agent's own look at the machine: tools, disk, accelerator, and a microVM that boots and goes. */
async function nodeChecks(home: string, data: string): Promise<Check[]> {
  const agent = path.join(home, 'dist/agent.js')
  if (!existsSync(agent)) throw new UsageError(`${agent} is not built: run npm run build in the checkout`)
  const report = await run([nodeFor(home), agent, 'health-check'], { cwd: home, env: { ...process.env, SHELLWEGO_DATA: data } })
  return (JSON.parse(report.slice(report.indexOf('{'))) as { checks: Check[] }).checks
}

async function portalCheck(data: string, signal: AbortSignal): Promise<Check> {
  const name = 'portal'
  const found = findRunFile(data)
  if (!found) return { name, status: 'warning', detail: `nothing runs on ${data}`, ms: null }
  const from = performance.now()
  try {
    const answer = await fetchTrusting(undefined)(new Request(`${found.api}/health`, { signal }))
    return { name, status: answer.ok ? 'ok' : 'failed', detail: answer.ok ? `answers at ${found.url}` : `answers with HTTP ${answer.status}`, ms: Math.round(performance.now() - from) }
  } catch (error) {
    return { name, status: 'failed', detail: `does not answer at ${found.api}: ${(error as Error).message}`, ms: null }
  }
}

export function healthCheckCommand({ program, action }: Cli): void {
  withExamples(
    program.command('health-check').description('For operators, on the node itself: boots a throw-away microVM and reports each part. Fails when one of them does.'),
    'sudo shellwego health-check', 'shellwego health-check --data /srv/shellwego --json',
  ).action(action(async ({ home, io, print, signal }) => {
    const folder = program.opts<{ data?: string }>().data
    const data = folder ? path.resolve(folder) : dataFolder(io.env, home)
    const checks = [...await nodeChecks(home, data), await portalCheck(data, signal)]
    const failed = checks.filter(({ status }) => status === 'failed')
    await (print.format === 'json' || print.format === 'yaml' ? print.data({ ok: failed.length === 0, checks }) : print.list(checks, [
      { title: 'Part', value: (check) => check.name }, { title: 'Status', value: (check) => check.status, color: (check) => COLORS[check.status] },
      { title: 'Time', value: (check) => check.ms === null ? null : `${check.ms} ms`, right: true }, { title: 'Detail', value: (check) => check.detail },
    ], ''))
    if (failed.length > 0) throw new CommandFailure(EXIT.failed, 'unhealthy', `Not in order: ${failed.map(({ name }) => name).join(', ')}.`)
  }))
}
