import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { keepPortalSettings, withPortalSettings } from './portal-settings.ts'

let dir = ''
beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'settings-')) })
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const configOf = (more: Record<string, string> = {}) => readConfig({
  SHELLWEGO_DATA: dir, SHELLWEGO_PORTAL_URL: 'https://console.example.com', SHELLWEGO_EDGE_ADMIN: join(dir, 'admin.sock'), ...more,
})
const acme = { email: 'ops@example.com', ca: null, ca_root: null }

test('a joined edge starts anew once when it is told the address for certificates, and then has it, without the portal too', () => {
  const config = configOf()
  expect(withPortalSettings(config).edge?.acme).toBeNull()
  expect(keepPortalSettings(config, { acme })).toBe(true)
  expect(keepPortalSettings(config, { acme }), 'the next agent hears the same').toBe(false)
  expect(withPortalSettings(configOf()).edge?.acme).toEqual({ email: 'ops@example.com', ca: null, caRoot: null })
  expect(keepPortalSettings(config, { acme: null }), 'and that there is none any more').toBe(true)
  expect(withPortalSettings(configOf()).edge?.acme).toBeNull()
})

test('the root of an authority of the operator\'s own lies where the edge can read it', () => {
  const config = configOf()
  expect(keepPortalSettings(config, { acme: { ...acme, ca: 'https://ca.example.com/directory', ca_root: 'PEM' } })).toBe(true)
  const { caRoot = null, ca } = withPortalSettings(config).edge?.acme ?? {}
  expect(ca).toBe('https://ca.example.com/directory')
  expect(readFileSync(caRoot ?? '', 'utf8')).toBe('PEM')
  expect(statSync(caRoot ?? '').mode & 0o777).toBe(0o644)
})

test('what the environment says wins, a node without an edge keeps nothing, and a file that is no settings is none', () => {
  const own = configOf({ SHELLWEGO_ACME_EMAIL: 'me@example.com' })
  expect(keepPortalSettings(own, { acme })).toBe(false)
  expect(withPortalSettings(own).edge?.acme?.email).toBe('me@example.com')
  const lone = readConfig({ SHELLWEGO_DATA: dir, SHELLWEGO_PORTAL_URL: 'https://console.example.com' })
  expect([keepPortalSettings(lone, { acme }), existsSync(join(dir, 'agent/edge.json'))]).toEqual([false, false])
  expect(keepPortalSettings(configOf(), { acme: null }), 'nothing is what it has').toBe(false)
})
