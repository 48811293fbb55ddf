import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseReference } from './reference.ts'
import { endpointFor, isPrivateAddress } from './registry-policy.ts'

const CONFIG = { builtinRegistry: '127.0.0.1:21500', allowRegistries: ['registry.lan', '10.0.0.5:5000'] }
const never = async (): Promise<string[]> => { throw new Error('must not resolve') }
const endpoint = (text: string, addresses: string[] | null = null): Promise<unknown> =>
  endpointFor(parseReference(text), CONFIG, text, addresses === null ? never : async () => addresses)

test('the built-in registry alone is reached without TLS', async () => {
  expect(await endpoint('builtin/hello:v1')).toEqual({ host: '127.0.0.1:21500', tls: false })
  expect(await endpoint('ghcr.io/a/b', ['140.82.112.33'])).toEqual({ host: 'ghcr.io', tls: true })
  expect(await endpoint('registry.lan/a')).toEqual({ host: 'registry.lan', tls: true })
})

test.each(['127.0.0.1:21500/hello:v1', '10.0.0.6/a', '169.254.169.254/latest/meta-data', '[::1]:5000/a', '[fd00::1]/a', '[::ffff:7f00:1]/a'])(
  'a private address is refused: %s', async (text) => {
    await expect(endpoint(text)).rejects.toMatchObject({ code: 'image_invalid', retryable: false })
  })

test('a name is refused when any of its addresses is private', async () => {
  await expect(endpoint('example.com/a', ['93.184.216.34', '10.1.2.3'])).rejects.toMatchObject({ code: 'image_invalid' })
  await expect(endpoint('localhost/a', ['127.0.0.1'])).rejects.toMatchObject({ code: 'image_invalid' })
})

test('an allowed registry may be private; with a port only that port is allowed', async () => {
  expect(await endpoint('10.0.0.5:5000/a')).toEqual({ host: '10.0.0.5:5000', tls: true })
  await expect(endpoint('10.0.0.5:5001/a')).rejects.toMatchObject({ code: 'image_invalid' })
})

test('a name that does not resolve is registry_unavailable', async () => {
  await expect(endpointFor(parseReference('no.such.host/a'), CONFIG, 'x', never)).rejects.toMatchObject({ code: 'registry_unavailable' })
})

test('every address of the private ranges is private, in its mapped form as well', () => {
  const octet = fc.integer({ min: 0, max: 255 })
  const address = fc.oneof(
    fc.tuple(fc.constantFrom('10', '127', '0'), octet, octet, octet), fc.tuple(fc.constant('192.168'), octet, octet),
    fc.tuple(fc.constant('172'), fc.integer({ min: 16, max: 31 }), octet, octet), fc.tuple(fc.constant('169.254'), octet, octet),
  ).map((parts) => parts.join('.'))
  fc.assert(fc.property(address, (text) => isPrivateAddress(text) && isPrivateAddress(`::ffff:${text}`)))
  for (const open of ['8.8.8.8', '172.32.0.1', '2606:4700::1111', '11.0.0.1']) expect(isPrivateAddress(open)).toBe(false)
})
