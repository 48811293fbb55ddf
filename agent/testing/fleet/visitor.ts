/** Somebody outside who visits apps at the edges of nodes, once or without a pause. */
import { createHash, randomBytes } from 'node:crypto'
import { Agent, request } from 'node:https'
import { answerCalls } from './calls.ts'

export interface Visit { at: string; host: string; method?: string; bytes?: number }
export interface Seen { status: number; name: string; whole: boolean; body: string; ms: number }
export interface Load { total: number; names: Record<string, number>; failed: string[]; slowestMs: number }

function visit({ at, host, method = 'GET', bytes = 0 }: Visit, agent: Agent | false = false): Promise<Seen> {
  const [begin, sent] = [performance.now(), randomBytes(bytes)]
  return new Promise((resolve) => {
    const end = (status: number, body: string): void => {
      const { name = '', sha256 = '' } = status === 200 ? (JSON.parse(body) as { name?: string; sha256?: string }) : {}
      const whole = sha256 === createHash('sha256').update(sent).digest('hex')
      resolve({ status, name, whole, body: body.slice(0, 300), ms: Math.round(performance.now() - begin) })
    }
    const how = { host: at, port: 443, servername: host, method, headers: { host }, rejectUnauthorized: false, agent, timeout: 15_000 }
    const call = request(how, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => { text += chunk }).on('end', () => end(response.statusCode ?? 0, text))
        .on('error', (error) => end(0, error.message))
    })
    call.on('timeout', () => call.destroy(new Error('no answer'))).on('error', (error) => end(0, error.message))
    call.end(sent)
  })
}

const loads = new Map<string, () => Promise<Load>>()

function begin(name: string, where: Visit[], workers: number): void {
  const result: Load = { total: 0, names: {}, failed: [], slowestMs: 0 }
  let stopped = false
  const running = Array.from({ length: workers }, async (_, at) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (let count = 0; !stopped; count += 1) {
      const seen = await visit({ ...where[at % where.length] ?? { at: '', host: '' }, method: count % 2 ? 'POST' : 'GET', bytes: count % 2 ? 2_000 : 0 }, agent)
      result.total += 1
      result.slowestMs = Math.max(result.slowestMs, seen.ms)
      if (seen.status === 200) result.names[seen.name] = (result.names[seen.name] ?? 0) + 1
      else if (result.failed.length < 20) result.failed.push(`${seen.status} ${seen.body.slice(0, 80)} after ${seen.ms} ms`)
      await new Promise((resolve) => { setTimeout(resolve, 10) })
    }
    agent.destroy()
  })
  loads.set(name, async () => {
    stopped = true
    await Promise.all(running)
    return result
  })
}

function echo({ at, host }: Visit): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { host, connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' }
    const call = request({ host: at, port: 443, servername: host, rejectUnauthorized: false, agent: false, headers })
    call.on('upgrade', (_response, socket) => {
      socket.once('data', (chunk: Buffer) => { resolve(chunk.toString()); socket.destroy() })
      socket.write('hello over there')
    }).on('error', reject).end()
  })
}

answerCalls(async (op, ...args: [never, never, never]) => {
  if (op === 'visit') return visit(args[0])
  if (op === 'echo') return echo(args[0])
  if (op === 'begin') return begin(...args)
  if (op === 'end') return loads.get(args[0])?.()
  throw new Error(`no such call: ${op}`)
})
