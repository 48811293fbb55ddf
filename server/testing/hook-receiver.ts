import http from 'node:http'

export interface ReceivedHook { path: string; headers: Record<string, string>; body: string; atMs: number }
/** What the receiver answers from now on. */
export interface ReceiverKnobs { status: number; body: string; delayMs: number; headers: Record<string, string> }

/** Somebody's webhook receiver on loopback, with knobs. */
export const startReceiver = async (port: number) => {
  const received: ReceivedHook[] = []
  const knobs: ReceiverKnobs = { status: 200, body: 'thanks', delayMs: 0, headers: {} }
  let open = 0
  let mostOpen = 0
  const server = http.createServer((req, res) => {
    open += 1
    mostOpen = Math.max(mostOpen, open)
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      received.push({
        path: req.url ?? '', headers: Object.fromEntries(Object.entries(req.headers).map(([k, v]) => [k, String(v)])), body: Buffer.concat(chunks).toString(), atMs: Date.now(),
      })
      setTimeout(() => res.writeHead(knobs.status, knobs.headers).end(knobs.body), knobs.delayMs)
    })
    res.on('close', () => { open -= 1 })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${port}/hook`, received, knobs,
    mostOpen: () => mostOpen,
    set: (over: Partial<ReceiverKnobs>): void => { Object.assign(knobs, { status: 200, body: 'thanks', delayMs: 0, headers: {} }, over) },
    close: (): void => {
      server.close()
      server.closeAllConnections()
    },
  }
}
export type Receiver = Awaited<ReturnType<typeof startReceiver>>
