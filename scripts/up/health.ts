import http from 'node:http'
import https from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Setting } from './setting.ts'

const POLL_MS = 50
const REQUEST_MS = 5000

interface Answer {
  status: number
  body: string
}

function ask(request: http.ClientRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request.on('error', reject)
    request.on('timeout', () => request.destroy(new Error('no answer in time')))
    request.on('response', (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => { body += chunk })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
      response.on('error', reject)
    })
    request.end()
  })
}

/** `/health` at the portal itself. */
export function askPortal(port: number): Promise<Answer> {
  return ask(http.get({ host: '127.0.0.1', port, path: '/health', timeout: REQUEST_MS, agent: false }))
}

/** `/health` as a browser would reach it, on this machine whatever the console name resolves to. */
export function askEdge({ config, ports }: Setting): Promise<Answer> {
  return ask(https.get({
    host: '127.0.0.1', port: ports.https, path: '/health', servername: config.domain, headers: { host: config.domain },
    timeout: REQUEST_MS, agent: false,
    // The question is whether the edge answers; who signed its certificate is for browsers to judge.
    rejectUnauthorized: false,
  }))
}

/** Resolves when `probe` answers 200; rejects with its last answer when `signal` ends the wait. */
export async function untilHealthy(probe: () => Promise<Answer>, signal: AbortSignal): Promise<void> {
  for (;;) {
    let last: string
    try {
      const { status, body } = await probe()
      if (status === 200) return
      last = `${status} ${body.slice(0, 500)}`
    } catch (error) {
      last = String(error)
    }
    if (signal.aborted) throw new Error(`not healthy: ${last}`, { cause: signal.reason })
    await sleep(POLL_MS)
  }
}
