import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRateLimiter, limitHeaders } from '../../server/core/rate-limit.ts'

/** Answers a small body; `limited` counts each request for a token and an organization, as the portal does. */
const limiter = process.argv[2] === 'limited' ? createRateLimiter() : null
const tier = { name: 'bench', burst: 1_000_000, perMinute: 60_000_000 }
const body = JSON.stringify({ ok: true })

const server = http.createServer((_req, res) => {
  for (const key of ['token:tok_bench', 'organization:org_bench']) {
    if (limiter) for (const [name, value] of Object.entries(limitHeaders(limiter.take(key, tier)))) res.setHeader(name, value)
  }
  res.writeHead(200, { 'content-type': 'application/json' }).end(body)
}).listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
