/** On a real node: an app falls asleep and is visited, over and over; prints how long each first answer took over TLS. Started by `npm run bench -- resume`. */
import { answers, edgeIsUp, found, get, instance, portal, prepare, report, route, startAgent, startCaddy } from './real-node.ts'
import { until } from './world.ts'

const HOST = 'sleepy.apps.localhost'
const ROUNDS = Number(process.argv[2] ?? '10')
const wakeMs: number[] = []
const awakeMs: number[] = []

const timed = async (): Promise<number> => {
  const from = performance.now()
  const { status } = await get(HOST)
  if (status !== 200) throw new Error(`the app answered ${status}`)
  return performance.now() - from
}

try {
  await prepare()
  startCaddy()
  await edgeIsUp()
  startAgent()
  await until('joined', () => portal.lastStatus !== null, 20_000)
  // An answer that closes its connection: kept ones count as visitors for half a minute.
  const command = ['/bin/sh', '-c', `printf '#!/bin/sh\\nwhile IFS= read -r line; do line=\${line%%?}; [ -z "$line" ] && break; done\\nprintf "HTTP/1.1 200 OK\\\\r\\\\nContent-Length: 2\\\\r\\\\nConnection: close\\\\r\\\\n\\\\r\\\\nhi"\\n' > /tmp/serve; chmod 755 /tmp/serve; exec nc -ll -p 8080 -e /tmp/serve`]
  portal.want([
    instance('vm_1', 1, 1, 2, 'sleepy', { command, sleep_after_s: 2, health: { path: null, interval_s: 60, timeout_s: 2, healthy: 1, unhealthy: 3, grace_s: 30 } }),
    route(HOST, 'vm_1'),
  ])
  await until('the app answers', () => answers(HOST), 60_000)
  for (let round = 0; round < ROUNDS; round += 1) {
    await until('asleep', () => portal.status('vm_1')?.phase === 'sleeping', 60_000)
    wakeMs.push(await timed())
    awakeMs.push(await timed())
  }
  Object.assign(found, { wakeMs, awakeMs })
} catch (error) {
  found['error'] = `${error instanceof Error ? error.stack : String(error)}; ${JSON.stringify([wakeMs, ...portal.statuses.values()])}`
}
report()
