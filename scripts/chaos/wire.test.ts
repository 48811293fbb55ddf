import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { createPortalClient, PortalError } from '../../agent/portal/client.ts'
import { createTransport } from '../../agent/portal/http.ts'
import { makeWire, WIRE_FAULTS, type Wire, type WireFault } from './wire.ts'

const Reply = z.object({ objects: z.array(z.string()) })
let portal: http.Server
let wire: Wire
let arrived = 0

beforeEach(async () => {
  arrived = 0
  portal = http.createServer((_request, response) => {
    arrived += 1
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ objects: ['first', 'second'] }))
  }).listen(0, '127.0.0.1')
  await once(portal, 'listening')
  wire = await makeWire(() => 0.75)
  wire.aim((portal.address() as AddressInfo).port)
})
afterEach(() => {
  wire.close()
  portal.close()
})

const key = { installId: '', publicKey: '', secret: Buffer.alloc(0), sign: () => '' }
const ask = (timeoutMs = 300) => createPortalClient(createTransport(`http://127.0.0.1:${wire.port}`, null), key).get('/node/v1/desired', Reply, { timeoutMs })

test('a whole wire carries the answer', async () => {
  expect((await ask())?.value).toEqual({ objects: ['first', 'second'] })
})

test.each(WIRE_FAULTS.filter((fault) => fault !== 'double requests' && fault !== 'slow answers'))('%s: never taken for an answer, and gone with the fault', async (fault) => {
  wire.set(fault)
  await expect(ask()).rejects.toBeInstanceOf(PortalError)
  expect(wire.hit[fault]).toBe(1)
  wire.set(null)
  expect((await ask())?.value.objects).toHaveLength(2)
})

test.each([['lose requests', 0], ['lose answers', 1], ['lose both', 0], ['double requests', 2]] as [WireFault, number][])('%s: the portal heard it %i times', async (fault, times) => {
  wire.set(fault)
  await ask().catch(() => undefined)
  expect(arrived).toBe(times)
})

test('what hangs in a broken link ends when it is whole again, not before', async () => {
  wire.set('lose both')
  const asked = ask(20_000)
  let ended = false
  asked.catch(() => { ended = true })
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(ended).toBe(false)
  wire.set(null)
  await expect(asked).rejects.toThrow('cannot be reached')
})
