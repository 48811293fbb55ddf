import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { withBenchVm } from '../../agent/drivers/vmm/bench-exec.ts'
import type { Vm } from '../../agent/drivers/vmm.ts'
import { buildGuest } from '../../agent/guest/build.ts'
import { SessionLine } from '../../agent/sessions/session-line.ts'
import { SessionTable } from '../../agent/sessions/session-table.ts'
import { composites, operations } from '../../server/compose.ts'
import { runtime } from '../../server/core/runtime.ts'
import { startSession } from '../../server/domain/auth/index.ts'
import { makeInstance } from '../../server/domain/nodes/testing.ts'
import { makeOwner } from '../../server/testing/actors.ts'
import { handleNodeRequest } from '../../server/transport/node/index.ts'
import { FakeAgent } from '../../server/transport/node/testing.ts'
import { createRestHandler } from '../../server/transport/rest/handler.ts'
import { createUpgrades } from '../../server/transport/upgrades.ts'
import { checkout } from '../host/files.ts'
import { withCore } from './core.ts'
import { quantile, type Figure } from './report.ts'

const ROUNDS = 200
const WARM_UP = 20
/** The smallest image has a shell and little else. */
const COMMAND = ['sh', '-c', ':']
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now()
  await work()
  return performance.now() - from
}

/** The portal's own handlers: REST for the caller, node API and line for the agent. */
const startPortal = async (): Promise<{ port: number; close: () => void }> => {
  const rest = createRestHandler({ operations, composites, files: [], live: () => Promise.resolve(false) })
  const server = http.createServer((req, res) => void ((req.url ?? '').startsWith('/node/v1/') ? handleNodeRequest : rest)(req, res))
  const upgrades = createUpgrades()
  server.on('upgrade', upgrades.handle)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = (): void => {
    upgrades.close()
    server.close()
    server.closeAllConnections()
  }
  return { port: (server.address() as AddressInfo).port, close }
}

/** An app whose one instance is that VM, on a node whose agent has its line open. */
const withCaller = async (vm: Vm, work: (run: () => Promise<void>) => Promise<Figure[]>): Promise<Figure[]> => {
  const portal = await startPortal()
  const url = `http://127.0.0.1:${portal.port}`
  const owner = await makeOwner()
  const agent = new FakeAgent(portal.port)
  await agent.join()
  const { appId, instanceId } = await makeInstance(owner.organization.id, agent.nodeId)
  await runtime().databases.systemPool.query('UPDATE instance SET phase = \'running\', health = \'ok\' WHERE id = $1', [instanceId])
  const session = { ready: () => Promise.resolve({ nodeId: agent.nodeId, sessionId: '', heartbeatS: 1, pollWaitS: 1 }) }
  const line = new SessionLine({ client: agent, session, table: new SessionTable(() => vm), portal: { url, ca: null }, log: quiet })
  void line.run()
  const { token } = await runtime().databases.asSystem('identity', (db) => startSession(db, owner.actor.userId, 'api', { ip: null, userAgent: 'bench' }))
  const run = async (): Promise<void> => {
    const answer = await fetch(`${url}/v1/apps/${appId}/exec`, {
      method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', host: 'console.localhost' }, body: JSON.stringify({ command: COMMAND }),
    })
    const body = await answer.json() as { exit_code?: number; detail?: string }
    if (body.exit_code !== 0) throw new Error(`the command failed: ${answer.status} ${body.detail ?? ''}`)
  }
  try {
    return await work(run)
  } finally {
    line.stop()
    portal.close()
  }
}

/** A command through REST, portal, line, agent and guest, in turn with the same command over the bare channel of the same VM. */
export async function measureExec(): Promise<Figure[]> {
  const guestDir = path.join(checkout, '.cache/guest')
  await buildGuest({ outDir: guestDir, cacheDir: path.join(checkout, '.cache/guest-package') })
  return withCore(8, () => withBenchVm(guestDir, (vm) => withCaller(vm, async (run) => {
    const [whole, raw]: [number[], number[]] = [[], []]
    for (let round = -WARM_UP; round < ROUNDS; round += 1) {
      const times = [await timed(run), await timed(() => vm.exec(COMMAND, { timeoutMs: 10_000 }))] as const
      if (round < 0) continue
      whole.push(times[0])
      raw.push(times[1])
    }
    return [0.5, 0.99].map((q) => ({
      what: `command by REST, start to answer, p${q * 100}`, value: quantile(whole, q), unit: 'ms', reference: { what: 'guest channel', value: quantile(raw, q) },
    }))
  })))
}
