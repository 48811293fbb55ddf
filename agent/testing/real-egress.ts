/** A real guest that tries ways out, over and over, and says in its log how each ended. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import type { DesiredObject } from '../../server/contract/node-api/v1.ts'
import type { EgressRule } from '../../server/contract/node-api/network.ts'
import { OPEN_POLICY } from '../drivers/network.ts'
import { LISTEN } from './network-probes.ts'
import type { FakePortal } from './fake-portal.ts'

const OUTSIDE = '203.0.113.2'
const ATTEMPTS = { named: `${OUTSIDE} 80`, unnamed: `${OUTSIDE} 81`, metadata: '169.254.169.254 80', portal: '10.64.3.1 22011', other: '10.64.1.2 8080' }

/** Beyond the namespace that plays the node. */
export async function makeOutside(): Promise<{ child: ChildProcess; end(): void }> {
  const space = `swgreal${process.pid}`
  const ip = (...args: string[]): string => execFileSync('ip', args, { encoding: 'utf8' })
  ip('netns', 'add', space)
  ip('link', 'add', 'uplink', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', space)
  ip('addr', 'add', '203.0.113.1/24', 'dev', 'uplink')
  ip('link', 'set', 'uplink', 'up')
  for (const args of [['link', 'set', 'lo', 'up'], ['addr', 'add', `${OUTSIDE}/24`, 'dev', 'eth0'], ['link', 'set', 'eth0', 'up']]) ip('-n', space, ...args)
  const child = spawn('ip', ['netns', 'exec', space, process.execPath, '-e', LISTEN, JSON.stringify({ address: '0.0.0.0', ports: [80, 81] })], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((resolve) => child.stdout.once('data', resolve))
  return { child, end: () => { ip('netns', 'del', space) } }
}

/** `nc` answers 0 when somebody spoke. */
export const tryingCommand = (): string[] => {
  const tries = Object.entries(ATTEMPTS).map(([name, target]) => `nc -w 2 ${target} </dev/null >/tmp/out 2>/dev/null; test -s /tmp/out && echo "${name} answered" || echo "${name} silent"`)
  return ['/bin/sh', '-c', `while :; do ${tries.join('; ')}; sleep 1; done`]
}

export const rulesFor = (appId: string, generation: number, egress: EgressRule[] | null): DesiredObject =>
  ({ kind: 'network', id: 'network', generation, desired: 'present', spec: { ...OPEN_POLICY, apps: [{ app_id: appId, egress, rate_mbit: 50 }] } })

/** What it said last of each attempt, among lines newer than `since`. */
export function lastWords(portal: FakePortal, vmId: string, since: number): Record<string, string> {
  const words: Record<string, string> = {}
  for (const record of [...portal.logs.values()].filter((one) => one.w === vmId).sort((a, b) => a.seq - b.seq)) {
    const said = 'line' in record && record.seq > since ? /^(\w+) (answered|silent)$/.exec(record.line) : null
    if (said?.[1] && said[2]) words[said[1]] = said[2]
  }
  return words
}

export const lastLine = (portal: FakePortal, vmId: string): number =>
  Math.max(0, ...[...portal.logs.values()].filter((one) => one.w === vmId).map((one) => one.seq))
/** Everything was tried, and what is allowed answered: on a busy machine one attempt may be too slow for its two seconds. */
export const settled = (words: Record<string, string>, allowed: readonly string[]): boolean =>
  Object.keys(ATTEMPTS).every((name) => name in words) && allowed.every((name) => words[name] === 'answered')
