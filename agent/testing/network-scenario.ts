/**
 * Runs inside a network namespace that plays the host: makes the real bridges and rules, puts namespaces in place of VMs, tries every
 * forbidden way, and prints what went through. Started by the network driver's test.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { BridgeNetwork } from '../drivers/network/bridge/driver.ts'
import { bridgeName, tapName } from '../drivers/network/names.ts'
import { EDGE_PORT, OPEN_POLICY, type NetworkRequest } from '../drivers/network.ts'

const [prefix = '', stateFile = ''] = process.argv.slice(2)
const ip = (...args: string[]): string => execFileSync('ip', args, { encoding: 'utf8' })
const inside = (ns: string, ...argv: string[]): string => execFileSync('ip', ['netns', 'exec', prefix + ns, ...argv], { encoding: 'utf8' })
const children: ChildProcess[] = []

/** Says who calls, and ends; or says nothing. */
function serve(ns: string | null, address: string, port: number, answer = 's.end(s.remoteAddress)'): void {
  const code = `require('node:net').createServer(s=>{s.on('error',()=>{});${answer}}).listen(${port},'${address}')`
  const argv = ns ? ['ip', 'netns', 'exec', prefix + ns, process.execPath, '-e', code] : [process.execPath, '-e', code]
  children.push(spawn(argv[0] ?? '', argv.slice(1), { stdio: 'ignore' }))
}

/** The server's view of the caller, or null when nothing came through. */
function reach(ns: string | null, address: string, port: number, from = ''): string | null {
  const options = JSON.stringify({ host: address, port, ...(from ? { localAddress: from } : {}) })
  const code = `const s=require('node:net').connect(${options});s.setTimeout(700,()=>process.exit(1));s.on('error',()=>process.exit(1));
    s.on('data',d=>{process.stdout.write(String(d));process.exit(0)})`
  try {
    return ns ? inside(ns, process.execPath, '-e', code) : execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' })
  } catch {
    return null
  }
}

/** Takes the cable of a machine away while a request waits for its answer. Milliseconds until the edge hears of it; null: not within 3 s. */
async function cutOff(driver: BridgeNetwork, vmId: string, address: string): Promise<number | null> {
  const socket = connect({ host: address, port: EDGE_PORT })
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  socket.write('GET / HTTP/1.1\r\n\r\n')
  await new Promise((resolve) => setTimeout(resolve, 200))
  const begin = performance.now()
  const ended = new Promise<number | null>((resolve) => {
    socket.once('error', () => {}).once('close', () => resolve(performance.now() - begin))
    setTimeout(() => resolve(null), 3_000)
  })
  await driver.detach(vmId)
  return ended
}

const vm = (vmId: string, network: string, third: number, last: number, port: number | null): NetworkRequest => ({
  vmId, slot: last, uid: null, networkId: network, appId: vmId, address: `10.64.${third}.${last}/24`, gateway: `10.64.${third}.1`, mac: `02:50:0a:40:0${third}:0${last}`, port,
  needsPrivateNetwork: false,
})

const addressOf = (link: string): string => readFileSync(`/sys/class/net/${link}/address`, 'utf8').trim()

/** A veth pair under the TAP's name stands for the VM's cable. */
function plugIn(ns: string, request: NetworkRequest): void {
  ip('netns', 'add', prefix + ns)
  ip('link', 'add', tapName(request.vmId), 'type', 'veth', 'peer', 'name', 'eth0', 'netns', prefix + ns)
  inside(ns, 'ip', 'link', 'set', 'eth0', 'address', request.mac, 'up')
  inside(ns, 'ip', 'addr', 'add', request.address, 'dev', 'eth0')
  inside(ns, 'ip', 'route', 'add', 'default', 'via', request.gateway)
}

const forwarding = (): string => readFileSync('/proc/sys/net/ipv4/ip_forward', 'utf8').trim()
const found: Record<string, unknown> = {}

ip('link', 'set', 'lo', 'up')
ip('netns', 'add', `${prefix}out`)
ip('link', 'add', 'uplink', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', `${prefix}out`)
ip('addr', 'add', '203.0.113.1/24', 'dev', 'uplink')
ip('addr', 'add', '192.168.77.1/24', 'dev', 'uplink')
ip('link', 'set', 'uplink', 'up')
inside('out', 'ip', 'addr', 'add', '203.0.113.2/24', 'dev', 'eth0')
inside('out', 'ip', 'addr', 'add', '192.168.77.2/24', 'dev', 'eth0')
inside('out', 'ip', 'addr', 'add', '169.254.169.254/32', 'dev', 'eth0')
inside('out', 'ip', 'link', 'set', 'eth0', 'up')
inside('out', 'ip', 'route', 'add', 'default', 'via', '203.0.113.1')
ip('route', 'add', '169.254.169.254/32', 'dev', 'uplink')

found['forwardingBefore'] = forwarding()
const driver = new BridgeNetwork(stateFile)
await driver.restore([], OPEN_POLICY)
const machines = { a1: vm('vm_a1', 'net_a', 1, 2, 8080), a2: vm('vm_a2', 'net_a', 1, 3, 8080), b1: vm('vm_b1', 'net_b', 2, 2, 8080), b2: vm('vm_b2', 'net_b', 2, 3, 8080) }
for (const [ns, request] of Object.entries(machines)) {
  plugIn(ns, request)
  await driver.attach(request)
  serve(ns, '0.0.0.0', 8080, ns === 'b2' ? '' : undefined)
}
const before = addressOf(bridgeName('net_a'))
plugIn('a3', vm('vm_a3', 'net_a', 1, 4, 8080))
ip('link', 'set', tapName('vm_a3'), 'address', '02:00:00:00:00:01')
await driver.attach(vm('vm_a3', 'net_a', 1, 4, 8080))
found['bridgeAddresses'] = [before, addressOf(bridgeName('net_a'))]
await driver.detach('vm_a3')
found['realTap'] = await driver.attach({ ...vm('vm_tap', 'net_a', 1, 9, null), uid: 2_100_009 }).then(() => ip('-d', '-j', 'link', 'show', tapName('vm_tap')))
serve('out', '0.0.0.0', 8080)
serve(null, '0.0.0.0', 53)
serve(null, '0.0.0.0', 8000)
await new Promise((resolve) => setTimeout(resolve, 1_200))

found['sameOrganization'] = reach('a1', '10.64.1.3', 8080)
found['otherOrganization'] = reach('a1', '10.64.2.2', 8080)
found['gatewayDns'] = reach('a1', '10.64.1.1', 53)
found['otherGatewayDns'] = reach('a1', '10.64.2.1', 53)
found['gatewayOtherPort'] = reach('a1', '10.64.1.1', 8000)
found['hostUplinkAddress'] = reach('a1', '203.0.113.1', 8000)
found['outside'] = reach('a1', '203.0.113.2', 8080)
found['outsidePrivate'] = reach('a1', '192.168.77.2', 8080)
found['metadata'] = reach('a1', '169.254.169.254', 8080)
found['fromOutside'] = reach('out', '10.64.1.2', 8080)
found['edgePort'] = reach(null, '10.64.1.2', 10080)
const probed = driver.endpoint(machines.a1)
found['probe'] = probed && [probed.port === EDGE_PORT, reach(null, probed.host, probed.port)]
found['counters'] = await driver.counters('vm_a1')
inside('a1', 'ip', 'addr', 'add', '10.64.1.77/24', 'dev', 'eth0')
found['spoofedAddress'] = reach('a1', '10.64.1.3', 8080, '10.64.1.77')
found['ownAddressStillWorks'] = reach('a1', '10.64.1.3', 8080, '10.64.1.2')
inside('a1', 'ip', 'link', 'set', 'eth0', 'address', '02:50:0a:40:01:03')
found['spoofedMac'] = reach('a1', '10.64.1.3', 8080, '10.64.1.2')
const next = new BridgeNetwork(stateFile)
await next.restore(Object.values(machines), OPEN_POLICY)
found['afterAgentRestart'] = reach('a2', '203.0.113.2', 8080)
found['cutOff'] = await cutOff(next, 'vm_b2', '10.64.2.3')
await next.detach('vm_b1')
found['bridgesAfterDetach'] = ip('-j', 'link', 'show', 'type', 'bridge')
await next.shutdown()
found['linksAfterShutdown'] = ip('-j', 'link', 'show')
found['rulesAfterShutdown'] = execFileSync('nft', ['list', 'ruleset'], { encoding: 'utf8' })
found['forwardingAfter'] = forwarding()
for (const child of children) child.kill('SIGKILL')
process.stdout.write(JSON.stringify(found))
process.exit(0)
