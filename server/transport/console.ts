import type { IncomingMessage, ServerResponse } from 'node:http'
import next from 'next'
import type { ConsoleRuntime } from '../../app/_lib/console-runtime.ts'
import { PROBLEMS } from '../contract/problem.ts'
import { DomainError } from '../core/error.ts'
import type { Env } from '../core/env.ts'
import { newId } from '../core/id.ts'
import { call } from '../core/operation.ts'
import { runtime } from '../core/runtime.ts'
import { endSessionOfToken, getMe, sessionOfToken, setupStatus } from '../domain/auth/index.ts'
import { brandOfHost } from '../domain/branding/index.ts'
import { getPayLinkCheckout } from '../domain/payments/index.ts'
import { requestMeta } from './http/meta.ts'

const SECURITY_HEADERS = {
  'x-frame-options': 'DENY', 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin', 'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'content-security-policy': "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'",
}

/** What pages may ask of this process; Next's own bundles hold no server code. */
const consoleRuntime = (): ConsoleRuntime => ({
  brandFor: async (host) => {
    const brand = await brandOfHost(host)
    const { env, clock } = runtime()
    return brand && { name: brand.name, logo_url: brand.logoUrl, colors: { accent: brand.accent }, mode: env.SHELLWEGO_MODE,
      currency: brand.defaultCurrency, clock_ahead_ms: clock.now().getTime() - Date.now() }
  },
  viewerFor: async (cookie, host) => {
    const meta = await requestMeta({ method: 'GET', headers: { cookie, host, 'x-forwarded-proto': cookie.includes('__Secure-') ? 'https' : 'http' }, socket: { remoteAddress: undefined } as never })
    return meta.actor.type === 'user' ? call(getMe, meta, {}) : null
  },
  sessionOf: async (token, host) => {
    const brand = await brandOfHost(host)
    return brand && sessionOfToken(token, brand.id)
  },
  endSession: async (token, host) => {
    const brand = await brandOfHost(host)
    if (brand) await endSessionOfToken(token, brand.id)
  },
  payLinkOpens: async (token, host) => {
    const meta = await requestMeta({ method: 'GET', headers: { host }, socket: { remoteAddress: undefined } as never })
    return call(getPayLinkCheckout, meta, { token }).then(() => true, (error: unknown) => {
      if (error instanceof DomainError) return false
      throw error
    })
  },
  setupNeeded: async () => {
    const meta = await requestMeta({ method: 'GET', headers: { host: 'localhost' }, socket: { remoteAddress: undefined } as never })
    return (await call(setupStatus, meta, {})).required
  },
})

/** Next with our runtime beside it. Pages of a host that serves no brand are refused with 421. */
export const startConsole = async (env: Env) => {
  (globalThis as { [key: symbol]: unknown })[Symbol.for('shellwego.runtime')] = consoleRuntime()
  const app = next({ dev: false, port: env.PORT, dir: process.cwd(), quiet: true })
  await app.prepare()
  const render = app.getRequestHandler()
  return {
    handle: async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
      if (!(await brandOfHost(req.headers.host).catch(() => null))) return refuseHost(res)
      req.headers['x-shellwego-path'] = req.url ?? '/'
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) res.setHeader(name, value)
      await render(req, res)
    },
    stop: () => app.close(),
  }
}

const refuseHost = (res: ServerResponse): void => {
  const problem = new DomainError('unknown_host', 'No console is served under this host name. Check the address.')
  res.writeHead(problem.status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${PROBLEMS.unknown_host[1]}. ${problem.message} (${newId('request')})\n`)
}
