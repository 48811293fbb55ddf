/** A whole node inside a namespace: the agent, real networking and mesh, a real edge; only the machines are namespaces. argv: folder, portal, name. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Agent } from '../../agent.ts'
import type { AgentOptions } from '../../agent-options.ts'
import { readConfig } from '../../config.ts'
import { BridgeNetwork } from '../../drivers/network/bridge/driver.ts'
import { createCaddyRoutes } from '../../drivers/route/caddy/driver.ts'
import { parseRequest, requestLogFolder } from '../../drivers/route/caddy/request-log.ts'
import { meshFacts, meshKeyFile } from '../../mesh-facts.ts'
import { probeEndpoint } from '../../reconcile/probe.ts'
import { systemClock } from '../../runtime/clock.ts'
import { createLogger } from '../../runtime/log.ts'
import { createTestCaddy } from '../caddy.ts'
import { createWorld } from '../world.ts'
import { answerCalls } from './calls.ts'
import { NamespaceVmm, withCables } from './namespace-vm.ts'

const [folder = '', portal = '', hostname = ''] = process.argv.slice(2)
const FALLBACK = '127.63.0.1'
const PORTS = { https: 443, http: 80, dns: 10_053, ask: 10_081, portal: 3_000 }

const config = readConfig({ SHELLWEGO_DATA: folder, SHELLWEGO_PORTAL_URL: portal })
const [caddy, world, vmm] = [createTestCaddy(PORTS), await createWorld(), new NamespaceVmm()]
const log = createLogger('warn', (line) => void process.stderr.write(`${hostname}: ${line}`))

async function start(token: string): Promise<void> {
  await caddy.start()
  writeFileSync(join(world.dir, 'token'), `${token}\n`)
  const mesh = await meshFacts(config)
  const options: AgentOptions = {
    ...world.options(), portal: { url: portal, ca: null }, joinTokenFile: join(world.dir, 'token'), uidBase: null, probe: probeEndpoint,
    timing: { usageMs: 5_000, logsMs: 1_000, drainMs: 200 },
    facts: { ...world.options().facts, hostname, cpu: 64, memory_mib: 65_536, disk_mib: 100_000, ...(mesh ? { mesh } : {}) },
    edge: { domain: 'console.localhost', appsDomain: 'apps.localhost', askPort: PORTS.ask, httpPort: PORTS.http, acme: null, dnsPort: PORTS.dns, fallbackAddress: FALLBACK },
  }
  const network = withCables(new BridgeNetwork(join(folder, 'network.json'), { keyFile: meshKeyFile(config), port: config.mesh.port }))
  const drivers = {
    ...world.drivers(), vmm, network, routes: createCaddyRoutes({ ...caddy.options, askUpstream: `${FALLBACK}:${PORTS.ask}` }, log),
    requests: { folder: requestLogFolder(caddy.options.storage), parse: parseRequest },
  }
  await new Agent(drivers, options, systemClock(), log).start()
}

answerCalls(async (op, ...args: string[]) => {
  if (op === 'start') return start(args[0] ?? '')
  if (op === 'machines') return [...vmm.children].map(([id, child]) => [id, child.pid])
  throw new Error(`no such call: ${op}`)
})
