/** A node's day, inside a namespace that plays it; only the portal is pretended. Prints what it found. Started by `real-agent.vm.test.ts`. */
import { execFileSync, type ChildProcess } from 'node:child_process'
import { Resolver } from 'node:dns/promises'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DesiredObject } from '../../server/contract/node-api/v1.ts'
import { processStart } from '../runtime/lock.ts'
import { lastLine, lastWords, makeOutside, rulesFor, settled, tryingCommand } from './real-egress.ts'
import { answers, bundle, children, data, edgeIsUp, environment, found, get, instance, killed, portal, prepare, report, route, startAgent, startCaddy, timed } from './real-node.ts'
import { tombstone, until } from './world.ts'

/** As the gateway of the first organization answers: addresses, or the code of the refusal. */
const named = async (name: string): Promise<string> => {
  const resolver = new Resolver({ timeout: 2_000, tries: 1 })
  resolver.setServers(['10.64.1.1'])
  return resolver.resolve4(name).then((addresses) => addresses.join(), (error: NodeJS.ErrnoException) => error.code ?? error.message)
}

/** The same guest under rules, and then without any: the VM is not restarted for that. */
async function egress(others: DesiredObject[]): Promise<void> {
  const outside = await makeOutside()
  children.push(outside.child)
  try {
    const guest = instance('vm_3', 1, 3, 2, 'trying', { app_id: 'app_3', command: tryingCommand(), port: null })
    portal.want([guest, rulesFor('app_3', 1, [{ to: '203.0.113.2/32', protocol: 'tcp', ports: { from: 80, to: 80 } }]), ...others])
    await until('the guest tried everything', () => settled(lastWords(portal, 'vm_3', 0), ['named']), 90_000)
    found['underRules'] = lastWords(portal, 'vm_3', 0)
    const started = portal.status('vm_3')?.vm_start_id
    portal.want([guest, rulesFor('app_3', 2, null), ...others])
    const since = lastLine(portal, 'vm_3') + 6
    await until('the guest tried everything again', () => settled(lastWords(portal, 'vm_3', since), ['named', 'unnamed']), 90_000)
    found['withoutRules'] = lastWords(portal, 'vm_3', since)
    found['restartedForRules'] = portal.status('vm_3')?.vm_start_id !== started
    portal.want([tombstone('vm_3', 2), ...others])
    await until('the guest is gone', () => portal.status('vm_3')?.phase === 'absent', 30_000)
  } finally {
    outside.end()
  }
}

async function live(): Promise<void> {
  let caddy = startCaddy()
  await edgeIsUp()
  let agent = startAgent()
  await until('joined', () => portal.lastStatus !== null, 20_000)
  const one = instance('vm_1', 1, 1, 2, 'one', { env: { HELLO_WHO: 'first' } })
  const two = instance('vm_2', 1, 2, 2, 'two')
  const routes = [route('one.apps.localhost', 'vm_1'), route('two.apps.localhost', 'vm_2')]
  portal.want([one, ...routes])
  found['deployMs'] = await timed('the app answers', () => answers('one.apps.localhost', 'first'))
  portal.want([one, two, ...routes])
  found['secondDeployMs'] = await timed('the second app answers', () => answers('two.apps.localhost'))
  await egress([one, two, ...routes])
  found['privateName'] = await named('one.internal')
  found['foreignName'] = await named('two.internal')
  found['agentRssMib'] = rss(agent)
  const start1 = portal.status('vm_1')?.vm_start_id
  await killed(agent)
  const asked = performance.now()
  portal.history.length = 0
  const meanwhile = Promise.all(Array.from({ length: 20 }, () => get('one.apps.localhost').then(({ status }) => status, (error: Error) => error.message)))
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  agent = startAgent()
  found['failedWithoutAgent'] = (await meanwhile).filter((status) => status !== 200)
  found['heldMs'] = Math.round(performance.now() - asked)
  found['agentBackMs'] = await timed('reported again', async () => portal.history.some((o) => o.id === 'vm_1' && o.phase === 'running'))
  found['readinessFlips'] = portal.history.filter((o) => o.kind === 'vm' && o.phase !== 'absent' && o.health !== 'ok')
  found['dnsBackMs'] = await timed('served again', () => answers('one.apps.localhost'))
  found['sameStart'] = portal.status('vm_1')?.vm_start_id === start1
  await killed(caddy)
  caddy = startCaddy()
  found['caddyBackMs'] = await timed('caddy serves again', () => answers('one.apps.localhost'))
  portal.want([instance('vm_1', 2, 1, 2, 'one', { env: { HELLO_WHO: 'second' } }), two, ...routes])
  found['replaceMs'] = await timed('the new generation answers', () => answers('one.apps.localhost', 'second'))
  await until('usage', () => portal.usage.some((record) => record.cum.cpu_us > 0 && record.cum.net_tx > 0), 30_000)
  found['logLines'] = [...portal.logs.values()].length
  found['conditions'] = portal.lastStatus?.node.conditions
  portal.want([tombstone('vm_2', 2), instance('vm_1', 2, 1, 2, 'one', { env: { HELLO_WHO: 'second' } }), ...routes])
  await until('deleted', () => portal.status('vm_2')?.phase === 'absent', 20_000)
  found['foldersOfDeleted'] = ['vms', 'disks'].map((folder) => execFileSync('ls', [join(data, folder)], { encoding: 'utf8' })).join(' ').includes('vm_2')
  found['agentRssAfterMib'] = rss(agent)
}

interface NodeStatus { running: boolean; vms: { pid: number | null }[] }
const nodeStatus = (): NodeStatus => JSON.parse(execFileSync(process.execPath, [bundle, 'status', '--json'], { env: environment, encoding: 'utf8' })) as NodeStatus
const machines = (): number[] => nodeStatus().vms.flatMap((vm) => vm.pid ?? [])
const alive = (pids: number[]): number => pids.filter((pid) => processStart(pid) !== null).length

const rss = (child: ChildProcess): number => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024)

async function end(): Promise<void> {
  const before = machines()
  found['machinesBefore'] = alive(before)
  const begin = performance.now()
  execFileSync(process.execPath, [bundle, 'shutdown'], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] })
  found['shutdownMs'] = Math.round(performance.now() - begin)
  found['statusAfter'] = nodeStatus()
  found['linksAfter'] = execFileSync('ip', ['-o', 'link'], { encoding: 'utf8' }).match(/swg[bt]\w+/g) ?? []
  found['rulesAfter'] = execFileSync('nft', ['list', 'ruleset'], { encoding: 'utf8' }).trim()
  found['machinesAfter'] = alive(before)
  const agent = startAgent()
  found['backAfterShutdownMs'] = await timed('back after shutdown', () => answers('one.apps.localhost', 'second'))
  agent.kill('SIGTERM')
  await new Promise((resolve) => agent.once('exit', (code) => {
    found['sigtermExit'] = code
    resolve(null)
  }))
  found['machinesAfterSigterm'] = alive(machines())
  execFileSync(process.execPath, [bundle, 'shutdown'], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] })
}

try {
  await prepare()
  await live()
  await end()
} catch (error) {
  found['error'] = error instanceof Error ? error.stack : String(error)
  found['statuses'] = [...portal.statuses.values()]
}
report()
