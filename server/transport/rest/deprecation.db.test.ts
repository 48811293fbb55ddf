import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { query } from '../../core/operation.ts'
import { brandContext } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { createRestHandler } from './handler.ts'
import { openApi } from './openapi.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_780, PORT: 21_781 })

const old = query({
  name: 'old.get', summary: 'Something that goes', scope: 'public', input: z.strictObject({}), output: z.object({ ok: z.boolean() }),
  rest: { method: 'GET', path: '/old', tag: 'Apps' }, deprecated: { since: '2026-11-01', sunset: '2027-05-01', instead: '/v1/new' }, run: () => Promise.resolve({ ok: true }),
})

test('a deprecated route says since when, until when and what to use instead, in its answers and in the document', async () => {
  await brandContext()
  const handle = createRestHandler({ operations: [old], composites: [], files: [], live: () => Promise.resolve(false) })
  const server = http.createServer((req, res) => void handle(req, res)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/old`)
  expect([answer.status, answer.headers.get('deprecation'), answer.headers.get('sunset'), answer.headers.get('link')])
    .toEqual([200, '@1793491200', 'Sat, 01 May 2027 00:00:00 GMT', '</v1/new>; rel="successor-version"'])
  server.close()
  const described = openApi([old]).paths['/v1/old']?.get as { deprecated?: boolean; responses: Record<string, { headers?: object }> } | undefined
  expect(described?.deprecated).toBe(true)
  expect(Object.keys(described?.responses['200']?.headers ?? {})).toEqual(expect.arrayContaining(['Deprecation', 'Sunset', 'Link']))
})
