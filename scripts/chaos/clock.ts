import { setTimeout as sleep } from 'node:timers/promises'

/** Where Node's own debugger listens once a process gets SIGUSR1; one process at a time. */
const DEBUGGER = 'http://127.0.0.1:9229/json/list'
const OPEN_MS = 10_000

/** What the process takes for the time of day from now on; its own timers and its monotonic clock stay, as when a machine's clock is set. */
const moved = (pid: number, offsetMs: number): string => `(() => {
  if (process.pid !== ${pid}) return 'another process'
  const Real = globalThis.__realDate ??= Date
  const now = () => Real.now() + ${offsetMs}
  globalThis.Date = new Proxy(Real, {
    construct: (_, given) => (given.length === 0 ? new Real(now()) : new Real(...given)),
    apply: () => new Real(now()).toString(),
    get: (_, key) => (key === 'now' ? now : Reflect.get(Real, key)),
  })
  setTimeout(() => process.getBuiltinModule('inspector').close(), 50)
  return 'moved'
})()`

const listed = (): Promise<{ webSocketDebuggerUrl: string }[]> =>
  fetch(DEBUGGER).then((reply) => reply.json() as Promise<{ webSocketDebuggerUrl: string }[]>).catch(() => [])

async function debuggerUrl(): Promise<string> {
  for (const end = Date.now() + OPEN_MS; Date.now() < end; await sleep(50)) {
    const [first] = await listed()
    if (first) return first.webSocketDebuggerUrl
  }
  throw new Error('the debugger of the process did not open')
}

/** Else the next one would be told of a debugger that is just closing. */
async function closed(): Promise<void> {
  for (const end = Date.now() + OPEN_MS; Date.now() < end && (await listed()).length > 0;) await sleep(50)
}

/** Sets the time of day of a running Node process of the product, and of it alone. A process that starts again has the right one. */
export async function setClock(pid: number, offsetMs: number): Promise<void> {
  process.kill(pid, 'SIGUSR1')
  const socket = new WebSocket(await debuggerUrl())
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the clock was not moved')), OPEN_MS)
    socket.onopen = () => socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression: moved(pid, offsetMs) } }))
    socket.onerror = () => reject(new Error('the debugger of the process broke off'))
    socket.onmessage = ({ data }) => {
      clearTimeout(timer)
      if (String(data).includes('"moved"')) resolve()
      else reject(new Error(`the clock was not moved: ${String(data)}`))
    }
  }).finally(() => socket.close())
  await closed()
}
