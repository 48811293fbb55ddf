import { mkdtempSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { agentEnvironment, portalEnvironment } from './environment.ts'
import { openSecrets } from './secrets.ts'
import type { Setting } from './setting.ts'

const ports = { https: 8443, http: 8080, portal: 3000, postgres: 1, registry: 2, dns: 3, ask: 4, sandbox: 5 }

function setting(environment: Record<string, string> = {}): Setting {
  const data = mkdtempSync(path.join(os.tmpdir(), 'environment-'))
  const config = readConfig({ NODE_ENV: 'test', SHELLWEGO_DATA: data, ...environment })
  return { config, ports, secrets: openSecrets(data), users: { db: undefined, edge: undefined, registry: undefined } }
}

const urls = { app: 'postgresql://app', system: 'postgresql://system' }

test('the setup account reaches the portal alone', () => {
  const with_ = setting({ SHELLWEGO_SETUP: 'op@example.test:password' })
  expect(portalEnvironment(with_, urls, 'portal').SHELLWEGO_SETUP).toBe('op@example.test:password')
  expect(portalEnvironment(with_, urls, 'worker')).not.toHaveProperty('SHELLWEGO_SETUP')
  expect(agentEnvironment(with_)).not.toHaveProperty('SHELLWEGO_SETUP')
})

test('the owner of the database, and what else the caller has in his environment, reach no part', () => {
  const with_ = setting({ DATABASE_URL: 'postgresql://owner', AWS_SECRET_ACCESS_KEY: 'x' })
  for (const environment of [portalEnvironment(with_, urls, 'portal'), agentEnvironment(with_)]) {
    expect(environment).not.toHaveProperty('DATABASE_URL')
    expect(environment).not.toHaveProperty('AWS_SECRET_ACCESS_KEY')
  }
  expect(agentEnvironment(with_)).not.toHaveProperty('DATABASE_URL_SYSTEM')
  expect(agentEnvironment(with_)).not.toHaveProperty('SHELLWEGO_AUTH_SECRET')
})

test('the agent asks the portal on loopback, or where the user says', () => {
  expect(agentEnvironment(setting()).SHELLWEGO_PORTAL_URL).toBe('http://127.0.0.1:3000')
  expect(agentEnvironment(setting({ SHELLWEGO_PORTAL_URL: 'http://127.0.0.1:30500' })).SHELLWEGO_PORTAL_URL).toBe('http://127.0.0.1:30500')
})

test('a sandbox never sees real payment keys, production sees only those', () => {
  const keys = { STRIPE_SECRET_KEY: 'sk_live_real', STRIPE_WEBHOOK_SECRET: 'whsec_real' }
  expect(portalEnvironment(setting(keys), urls, 'portal').STRIPE_SECRET_KEY).toMatch(/^sk_test_/)
  const production = portalEnvironment(setting({ ...keys, SHELLWEGO_MODE: 'production' }), urls, 'portal')
  expect(production).toMatchObject(keys)
  expect(production.PAYSTACK_SECRET_KEY).toBeUndefined()
})

test('secrets are made once, for our eyes only', () => {
  const first = setting()
  const again = openSecrets(first.config.data)
  expect(again.read('auth-secret')).toBe(first.secrets.read('auth-secret'))
  expect(Buffer.from(again.read('key-passphrase'), 'base64url')).toHaveLength(32)
  expect(statSync(again.file('key-passphrase')).mode & 0o777).toBe(0o600)
  expect(setting().secrets.read('auth-secret')).not.toBe(first.secrets.read('auth-secret'))
})

test('who wraps the keys of secrets is for portal and worker alone; a sandbox has a passphrase of its own', () => {
  const sandbox = setting()
  expect(portalEnvironment(sandbox, urls, 'worker').SHELLWEGO_KEY_PASSPHRASE_FILE).toBe(sandbox.secrets.file('key-passphrase'))
  const own = setting({ SHELLWEGO_KEY_PASSPHRASE: 'a long passphrase', SHELLWEGO_VAULT_ADDR: 'https://vault.example.com', SHELLWEGO_AWS_REGION: 'eu-west-1' })
  expect(portalEnvironment(own, urls, 'portal')).toMatchObject({ SHELLWEGO_KEY_PASSPHRASE: 'a long passphrase', SHELLWEGO_VAULT_ADDR: 'https://vault.example.com' })
  expect(portalEnvironment(own, urls, 'portal')).not.toHaveProperty('SHELLWEGO_KEY_PASSPHRASE_FILE')
  for (const name of ['SHELLWEGO_KEY_PASSPHRASE', 'SHELLWEGO_KEY_PASSPHRASE_FILE', 'SHELLWEGO_VAULT_ADDR', 'SHELLWEGO_AWS_REGION']) expect(agentEnvironment(own)).not.toHaveProperty(name)
  expect(portalEnvironment(setting({ SHELLWEGO_MODE: 'production' }), urls, 'portal')).not.toHaveProperty('SHELLWEGO_KEY_PASSPHRASE_FILE')
})
