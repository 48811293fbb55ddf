/** An app that sleeps, on a real node: eight visitors at once, bodies, a WebSocket, an agent that dies. Started by `sleep.vm.test.ts`. */
import { request } from 'node:https'
import type { Duplex } from 'node:stream'
import { answers, edgeIsUp, found, get, instance, killed, portal, prepare, report, route, startAgent, startCaddy, timed, toEdge } from './real-node.ts'
import { until } from './world.ts'

const HOST = 'sleepy.apps.localhost'
const SOCKET_HOST = 'socket.apps.localhost'
/** As many as the little server in the guest takes at once when it is awake: its queue of connections is short. */
const VISITORS = 8
/** Says what it remembers, and gives bodies back. */
const SAY = `#!/bin/sh
printf 'Content-Type: text/plain\\r\\n\\r\\n'
printf 'pid %s ' "$(cat /run/pid)"
dd bs=1 count="$CONTENT_LENGTH" 2>/dev/null
`
const command = ['/bin/sh', '-c', `cat /proc/sys/kernel/random/uuid > /run/pid; mkdir -p /tmp/www/cgi-bin; cd /tmp/www/cgi-bin; printf '%s' "$SAY" > index.cgi; chmod 755 index.cgi; exec httpd -f -p 8080 -h /tmp/www`]
/** Takes a WebSocket and echoes its bytes. */
const UPGRADE = `#!/bin/sh
while IFS= read -r line; do [ -z "\${line%?}" ] && break; done
printf 'HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\n\\r\\n'
exec cat
`
const socketCommand = ['/bin/sh', '-c', `printf '%s' "$UPGRADE" > /tmp/upgrade; chmod 755 /tmp/upgrade; exec nc -ll -p 8080 -e /tmp/upgrade`]
const SLEEP_MS = 5_000

const phase = (id = 'vm_1'): string | undefined => portal.status(id)?.phase
const asleep = (): Promise<void> => until('asleep', () => phase() === 'sleeping', SLEEP_MS + 90_000)

function upgraded(): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const call = request({ ...toEdge(SOCKET_HOST), headers: { host: SOCKET_HOST, connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-key': 'x', 'sec-websocket-version': '13' } })
    call.on('upgrade', (_response, socket) => resolve(socket))
    call.on('error', reject)
    call.on('response', (response) => reject(new Error(`no upgrade: ${response.statusCode}`)))
    call.end()
  })
}

const visitAll = (): Promise<{ status: number; body: string }[]> =>
  Promise.all(Array.from({ length: VISITORS }, (_, n) => get(HOST, `visitor ${n}`).catch((error: Error) => ({ status: 0, body: error.message }))))

async function live(): Promise<void> {
  startCaddy()
  await edgeIsUp()
  let agent = startAgent()
  await until('joined', () => portal.lastStatus !== null, 20_000)
  portal.want([
    instance('vm_1', 1, 1, 2, 'sleepy', {
      command, env: { SAY }, sleep_after_s: SLEEP_MS / 1000, health: { path: null, interval_s: 5, timeout_s: 2, healthy: 1, unhealthy: 3, grace_s: 30 },
    }),
    instance('vm_2', 1, 1, 3, 'socket', {
      command: socketCommand, env: { UPGRADE }, sleep_after_s: SLEEP_MS / 1000,
      health: { path: null, interval_s: 60, timeout_s: 2, healthy: 1, unhealthy: 3, grace_s: 30 },
    }),
    route(HOST, 'vm_1'), route(SOCKET_HOST, 'vm_2'),
  ])
  found['deployMs'] = await timed('the app answers', () => answers(HOST))
  const { body: first } = await get(HOST)
  const start = portal.status('vm_1')?.vm_start_id
  // What the server makes of so many when it is awake anyway.
  found['statusesAwake'] = (await visitAll()).map(({ status }) => status)
  await asleep()
  const asked = performance.now()
  const visits = await visitAll()
  found['wakeAllMs'] = Math.round(performance.now() - asked)
  found['statuses'] = visits.map(({ status }) => status)
  found['bodies'] = visits.map(({ body }) => body.replace(/^pid [0-9a-f-]{36} /, ''))
  found['sameMemory'] = visits.every(({ body }) => body.slice(0, 40) === first.slice(0, 40))
  found['sameStart'] = portal.status('vm_1')?.vm_start_id === start
  await until('awake', () => phase() === 'running', 10_000)
  found['restarts'] = portal.status('vm_1')?.restarts
  await asleep()
  found['wakeOneMs'] = await timed('one visitor', () => answers(HOST))
  await until('the other asleep', () => phase('vm_2') === 'sleeping', SLEEP_MS + 90_000)
  const socket = await upgraded()
  let heard = ''
  socket.on('data', (chunk: Buffer) => { heard += chunk.toString() })
  await new Promise((resolve) => { setTimeout(resolve, SLEEP_MS + 10_000) })
  found['phaseWithSocket'] = phase('vm_2')
  socket.write('still there')
  await until('echo', () => heard === 'still there', 5_000)
  socket.destroy()
  await asleep()
  await killed(agent)
  const held = get(HOST)
  agent = startAgent()
  found['afterAgentDied'] = await held.then(({ status, body }) => [status, body.slice(0, 40) === first.slice(0, 40)])
  found['starts'] = new Set(portal.history.flatMap(({ id, vm_start_id: one }) => (id === 'vm_1' && one ? [one] : []))).size
}

try {
  await prepare()
  await live()
} catch (error) {
  found['error'] = error instanceof Error ? error.stack : String(error)
  found['phases'] = [...portal.statuses.values()]
}
report()
