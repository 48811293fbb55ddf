import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const minimal = { SHELLWEGO_DATA: '/var/lib/shellwego', SHELLWEGO_PORTAL_URL: 'http://127.0.0.1:3000/' }

test('two variables are enough, the rest has defaults', () => {
  expect(readConfig(minimal)).toMatchObject({
    data: '/var/lib/shellwego', portal: { url: 'http://127.0.0.1:3000', upstream: '127.0.0.1:3000' }, edge: null, network: 'auto', dnsPort: 10053,
  })
})

test.each([
  [{ ...minimal, SHELLWEGO_DATA: undefined }, /SHELLWEGO_DATA: must be set/],
  [{ ...minimal, SHELLWEGO_DATA: 'relative' }, /SHELLWEGO_DATA: must be an absolute path/],
  [{ ...minimal, SHELLWEGO_PORTAL_URL: 'ftp://x' }, /SHELLWEGO_PORTAL_URL/],
  [{ ...minimal, SHELLWEGO_HTTPS_PORT: '70000' }, /SHELLWEGO_HTTPS_PORT/],
  [{ ...minimal, SHELLWEGO_NETWORK: 'bridged' }, /SHELLWEGO_NETWORK/],
  [{ ...minimal, SHELLWEGO_DOMAIN: 'Console.Example' }, /SHELLWEGO_DOMAIN/],
])('a wrong setting stops the start and is named', (environment, message) => {
  expect(() => readConfig(environment)).toThrow(ConfigError)
  expect(() => readConfig(environment)).toThrow(message)
})

test('the console is met by TLS where the portal is, as whom its address says; in plain HTTP on the same machine, or where it is set by hand', () => {
  const portal = (more: Record<string, string>) => readConfig({ ...minimal, ...more }).portal
  expect(portal({})).toMatchObject({ upstream: '127.0.0.1:3000', tls: null })
  expect(portal({ SHELLWEGO_PORTAL_URL: 'https://console.example.com' })).toMatchObject({ upstream: 'console.example.com:443', tls: { name: 'console.example.com', rootFile: null } })
  expect(portal({ SHELLWEGO_PORTAL_URL: 'https://console.example.com', SHELLWEGO_PORTAL_UPSTREAM: '127.0.0.1:3000' })).toMatchObject({ upstream: '127.0.0.1:3000', tls: null })
})

test('all faults are told at once', () => {
  expect(() => readConfig({ SHELLWEGO_HTTPS_PORT: 'x' })).toThrow(/SHELLWEGO_DATA[\s\S]*SHELLWEGO_PORTAL_URL[\s\S]*SHELLWEGO_HTTPS_PORT/)
})

test('an e-mail address for ACME turns public certificates on', () => {
  const edge = { ...minimal, SHELLWEGO_EDGE_ADMIN: '/e/admin.sock' }
  expect(readConfig(edge).edge).toMatchObject({ acme: null, storage: '/var/lib/shellwego/edge', domain: 'console.localhost', appsDomain: 'apps.localhost' })
  expect(readConfig({ ...edge, SHELLWEGO_ACME_EMAIL: 'ops@example.com' }).edge?.acme).toEqual({ email: 'ops@example.com', ca: null, caRoot: null })
})
