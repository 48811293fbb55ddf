import http from 'node:http'
import { quantile } from './report.ts'

export interface Target {
  port: number
  path: string
  headers?: Record<string, string>
}

/** The same asked by several callers in turn: one alone would be held to its rate. */
type Targets = Target | readonly [Target, ...Target[]]

export interface LoadResult {
  perSecond: number
  p50Ms: number
  p95Ms: number
}

function once(agent: http.Agent, { port, path, headers = {} }: Target): Promise<number> {
  const start = performance.now()
  return new Promise((resolve, reject) => {
    http.get({ host: '127.0.0.1', port, path, headers, agent }, (response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => { if (response.statusCode !== 200) body += chunk.toString() })
      response.once('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - start)
        else reject(new Error(`${path} answered ${response.statusCode} ${body.slice(0, 500)}`))
      })
    }).once('error', reject)
  })
}

/** As many requests as `connections` kept-open connections carry, each asking again as soon as it is answered. */
export async function load(targets: Targets, connections: number, durationMs: number): Promise<LoadResult> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  const end = performance.now() + durationMs
  const all = 'port' in targets ? [targets] : targets
  const worker = async (_: unknown, index: number): Promise<void> => {
    for (let turn = index; performance.now() < end; turn++) {
      const target = all[turn % all.length]
      if (target) times.push(await once(agent, target))
    }
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: connections }).map(worker))
  const seconds = (performance.now() - start) / 1000
  agent.destroy()
  return { perSecond: times.length / seconds, p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95) }
}
