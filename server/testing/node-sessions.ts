import { afterAll, beforeAll } from 'vitest'
import { FakeHost, FakeVmmDriver } from '../../agent/drivers/vmm/fake.ts'
import type { FakeExec } from '../../agent/drivers/vmm/fake-machine.ts'
import type { Vm } from '../../agent/drivers/vmm.ts'
import { SessionLine } from '../../agent/sessions/session-line.ts'
import { SessionTable } from '../../agent/sessions/session-table.ts'
import { runtime } from '../core/runtime.ts'
import { makeInstance } from '../domain/nodes/testing.ts'
import { FakeAgent, listen } from '../transport/node/testing.ts'
import type { Api } from './api.ts'

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const PATIENCE_MS = 10_000

/** What commands of the fake VM do. */
const programs: FakeExec = (argv, stdin, env) => {
  if (argv[0] === 'hang') return 'hang'
  if (argv[0] === 'env') return { exitCode: 0, stdout: JSON.stringify(env), stderr: '' }
  if (argv[0] === 'flood') return { exitCode: 0, stdout: 'x'.repeat(Number(argv[1])), stderr: '' }
  return { exitCode: Number(argv[1] ?? 7), stdout: stdin, stderr: argv.join(' ') }
}

/** A node with the agent's own line and table of sessions over a fake VM. After `withApi()`. */
export const withSessionNode = (api: Api) => {
  let vms = new Map<string, Vm>()
  let [line, table]: [SessionLine | null, SessionTable | null] = [null, null]
  const host = new FakeHost({ programs: { serve: (process) => process.onExec(programs) } })
  const node = { agent: null as FakeAgent | null }
  let close: () => Promise<void> = () => Promise.resolve()
  const agent = (): FakeAgent => {
    if (!node.agent) throw new Error('the node has not joined')
    return node.agent
  }
  const dial = (): void => {
    table = new SessionTable((id) => vms.get(id) ?? null)
    const session = { ready: () => Promise.resolve({ nodeId: '', sessionId: '', heartbeatS: 1, pollWaitS: 1 }) }
    line = new SessionLine({ client: agent(), session, table, portal: { url: api.url(), ca: null }, log: quiet })
    void line.run()
  }
  beforeAll(async () => {
    const server = await listen()
    close = server.close
    node.agent = new FakeAgent(server.port)
    await node.agent.join()
    dial()
  })
  afterAll(async () => {
    line?.stop()
    await close()
  })
  return {
    agent, dial, sessions: (): number => table?.size ?? 0,
    /** As if a proxy had dropped the connection. */
    breakLine: (): void => line?.drop(),
    /** As if the agent were killed: nothing is hung up. */
    crash: (): void => {
      table?.connect(null)
      line?.stop()
      vms = new Map([...vms])
    },
    /** An app with one instance that runs on this node. */
    runningApp: async (orgId: string) => {
      const made = await makeInstance(orgId, agent().nodeId)
      await runtime().databases.systemPool.query('UPDATE instance SET phase = \'running\', health = \'ok\' WHERE id = $1', [made.instanceId])
      const spec = { vcpu: 1, memoryMib: 128, hostname: 'guest', rootfs: '/image', scratch: '/scratch', uid: null, volumes: [], volumeKeys: {}, id: made.instanceId, startId: `${made.instanceId}-1` }
      vms.set(made.instanceId, await new FakeVmmDriver(host).start({
        ...spec, network: { kind: 'user', mac: '52:54:00:00:00:01', forward: { listenAddress: '127.0.0.1', listenPort: 25_400, guestPort: 80 } },
        process: { argv: ['serve'], env: { PLACE: 'inside' }, workdir: '/', user: '', stopSignal: 'SIGTERM' },
      }, {}, { onStarted: () => {}, onLog: () => {}, onExit: () => {} }))
      return made
    },
    stopInstance: (id: string): void => {
      host.crash(id)
      vms.delete(id)
    },
  }
}

export const until = async (condition: () => boolean | Promise<boolean>, what: string): Promise<void> => {
  const end = performance.now() + PATIENCE_MS
  while (!await condition()) {
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => { setTimeout(resolve, 10) })
  }
}
