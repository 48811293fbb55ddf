import http from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FakeRequest { method: string; path: string; headers: http.IncomingHttpHeaders; body: string }
export interface FakeAnswer { status: number; body: unknown; type?: string }

/** A server on loopback that answers by `answer`; `fault` overrides it while it is set. */
export const startFakeServer = async (answer: (request: FakeRequest) => FakeAnswer) => {
  const state: { fault: FakeAnswer | 'hang' | null; requests: FakeRequest[] } = { fault: null, requests: [] }
  const server = http.createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const request = { method: req.method ?? 'GET', path: req.url ?? '/', headers: req.headers, body: Buffer.concat(chunks).toString('utf8') }
      state.requests.push(request)
      if (state.fault === 'hang') return
      const { status, body, type } = state.fault ?? answer(request)
      res.writeHead(status, { 'content-type': type ?? 'application/json' }).end(body === null ? undefined : JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    state, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
