/** One health probe: an HTTP request or a TCP connect, never longer than its limit. */
import { request } from 'node:http'
import { connect } from 'node:net'
import type { HealthCheck } from '../../server/contract/node-api/v1.ts'
import type { Endpoint } from '../drivers/network.ts'

export type ProbeResult = { ok: true } | { ok: false; fault: string }
export type Probe = (endpoint: Endpoint, check: HealthCheck) => Promise<ProbeResult>

/** User networking, on loopback, accepts a connection before the guest does, then drops it: a listener must hold it this long. */
const TCP_HOLD_MS = 150
const holdMs = ({ host }: Endpoint): number => (host.startsWith('127.') ? TCP_HOLD_MS : 0)

export const probeEndpoint: Probe = (endpoint, check) =>
  check.path === null ? probeTcp(endpoint, check.timeout_s * 1000) : probeHttp(endpoint, check.path, check.timeout_s * 1000)

function probeHttp(endpoint: Endpoint, path: string, timeoutMs: number): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const fail = (fault: string): void => resolve({ ok: false, fault })
    const call = request({ ...endpoint, path, method: 'GET', agent: false, headers: { 'user-agent': 'shellwego-health', connection: 'close' } })
    const timer = setTimeout(() => {
      fail(`no answer within ${timeoutMs / 1000} s`)
      call.destroy()
    }, timeoutMs)
    call.on('response', (response) => {
      clearTimeout(timer)
      const status = response.statusCode ?? 0
      response.destroy()
      if (status >= 200 && status < 400) resolve({ ok: true })
      else fail(`it answered HTTP ${status}`)
    })
    call.on('error', (error) => {
      clearTimeout(timer)
      fail(connectFault(error))
    })
    call.end()
  })
}

function probeTcp(endpoint: Endpoint, timeoutMs: number): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const socket = connect(endpoint)
    const finish = (result: ProbeResult): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(result)
    }
    const timer = setTimeout(() => finish({ ok: false, fault: `no answer within ${timeoutMs / 1000} s` }), timeoutMs)
    socket.on('connect', () => void setTimeout(() => finish({ ok: true }), holdMs(endpoint)))
    socket.on('error', (error) => finish({ ok: false, fault: connectFault(error) }))
    socket.on('close', () => finish({ ok: false, fault: 'the connection was closed at once' }))
    socket.resume()
  })
}

function connectFault(error: Error): string {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ECONNREFUSED') return 'connection refused'
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return 'the instance cannot be reached'
  if (code === 'ECONNRESET') return 'the connection was closed without an answer'
  return error.message
}
