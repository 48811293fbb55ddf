/** Caddy's admin API on its UNIX socket. An empty body would wipe its configuration, so none is ever sent. */
import { request } from 'node:http'

const LIMIT_MS = 10_000

/** Caddy answered, and keeps what it had: something in the configuration is wrong. */
export class RefusedConfig extends Error {}

export interface CaddyAdmin {
  config(): Promise<unknown>
  load(config: unknown): Promise<void>
}

export function createCaddyAdmin(socketPath: string): CaddyAdmin {
  const call = (method: 'GET' | 'POST', path: string, body: string | null): Promise<string> => new Promise((resolve, reject) => {
    const headers = { host: '', ...(body === null ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }) }
    // On a UNIX socket Caddy accepts an empty Host header and nothing else.
    const outgoing = request({ socketPath, method, path, setHost: false, headers, agent: false })
    const timer = setTimeout(() => outgoing.destroy(new Error(`no answer within ${LIMIT_MS / 1000} s`)), LIMIT_MS)
    outgoing.on('error', (error) => {
      clearTimeout(timer)
      reject(new Error(`Caddy cannot be reached: ${error.message}`))
    })
    outgoing.on('response', (incoming) => {
      let text = ''
      incoming.setEncoding('utf8')
      incoming.on('data', (chunk: string) => { text += chunk })
      incoming.on('end', () => {
        clearTimeout(timer)
        if (incoming.statusCode === 200) resolve(text)
        else reject(new RefusedConfig(`Caddy answered HTTP ${incoming.statusCode}: ${text.trim().slice(0, 400)}`))
      })
    })
    outgoing.end(body ?? undefined)
  })
  return {
    config: async () => JSON.parse((await call('GET', '/config/', null)) || 'null') as unknown,
    async load(config) {
      const body = JSON.stringify(config)
      if (body.length < 100) throw new Error('refusing to load an empty configuration')
      await call('POST', '/load', body)
    },
  }
}
