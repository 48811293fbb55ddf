import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readEnv } from './env.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'shellwego-env-'))
afterAll(() => rmSync(folder, { recursive: true }))
const passphraseFile = path.join(folder, 'key-passphrase')
writeFileSync(passphraseFile, 'a long passphrase\n')
const shortFile = path.join(folder, 'short')
writeFileSync(shortFile, 'short')
const emptyFile = path.join(folder, 'empty')
writeFileSync(emptyFile, '\n')

const SANDBOX = {
  PORT: '24800', DATABASE_URL_APP: 'postgresql://app', DATABASE_URL_SYSTEM: 'postgresql://system', SHELLWEGO_DATA: folder,
  SHELLWEGO_AUTH_SECRET: 'x'.repeat(32), SHELLWEGO_KEY_PASSPHRASE_FILE: passphraseFile, SHELLWEGO_SANDBOX_PORT: '24801',
}
const PRODUCTION = {
  ...SANDBOX, SHELLWEGO_MODE: 'production', SHELLWEGO_DOMAIN: 'console.example.com', SHELLWEGO_SMTP_URL: 'smtp://mail.example.com',
  STRIPE_SECRET_KEY: 'sk_live_1', STRIPE_WEBHOOK_SECRET: 'whsec_1',
}
/** What a process may find in its environment; no variable of ours is NODE_ENV. */
const read = (source: Record<string, string | undefined>) => readEnv(source as NodeJS.ProcessEnv)
const without = (source: Record<string, string>, ...names: string[]) => Object.fromEntries(Object.entries(source).filter(([name]) => !names.includes(name)))

test('the defaults are a sandbox that runs everything in one process', () => {
  expect(read({ ...SANDBOX })).toMatchObject({
    SHELLWEGO_MODE: 'sandbox', ROLE: 'all', PORT: 24_800, SHELLWEGO_DOMAIN: 'console.localhost', SHELLWEGO_APPS_DOMAIN: 'apps.localhost', setup: null,
  })
})

test.each(Object.keys(SANDBOX))('a start without %s names it', (name) => {
  expect(() => read(without(SANDBOX, name))).toThrow(name)
  expect(() => read({ ...SANDBOX, [name]: '' })).toThrow(name)
})

test.each([
  ['PORT', '0'], ['PORT', '70000'], ['PORT', 'http'], ['SHELLWEGO_MODE', 'staging'], ['ROLE', 'king'], ['SHELLWEGO_AUTH_SECRET', 'short'],
  ['SHELLWEGO_SMTP_URL', 'not a url'], ['LOG_LEVEL', 'loud'], ['SHELLWEGO_HTTPS_PORT', '-1'], ['SHELLWEGO_KEY_PASSPHRASE_FILE', path.join(folder, 'absent')],
  ['SHELLWEGO_KEY_PASSPHRASE_FILE', shortFile], ['SHELLWEGO_KEY_PASSPHRASE_FILE', emptyFile], ['SHELLWEGO_KEY_PASSPHRASE', 'short'],
  ['SHELLWEGO_KEY_PROVIDER', 'paper'], ['SHELLWEGO_VAULT_ADDR', 'no url'],
])('a bad %s (%s) is named', (name, value) => {
  expect(() => read({ ...SANDBOX, [name]: value })).toThrow(name)
})

test('all bad variables are named in one message, without their values', () => {
  const message = String((() => { try { return read({ ...SANDBOX, PORT: 'x', SHELLWEGO_AUTH_SECRET: 'short-secret' }) } catch (error) { return error } })())
  expect(message).toMatch(/PORT.*SHELLWEGO_AUTH_SECRET/)
  expect(message).not.toContain('short-secret')
})

test('production starts with domain, mail and a gateway', () => {
  expect(read({ ...PRODUCTION }).SHELLWEGO_MODE).toBe('production')
  expect(read({ ...without(PRODUCTION, 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'), PAYSTACK_SECRET_KEY: 'sk_live' }).PAYSTACK_SECRET_KEY).toBe('sk_live')
})

const MPESA = { MPESA_CONSUMER_KEY: 'k', MPESA_CONSUMER_SECRET: 's', MPESA_SHORTCODE: '174379', MPESA_PASSKEY: 'p' }
const NO_STRIPE = without(PRODUCTION, 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET')

test('one whole set of keys of any provider will do', () => {
  expect(read({ ...NO_STRIPE, FLUTTERWAVE_SECRET_KEY: 'FLWSECK-1', FLUTTERWAVE_SECRET_HASH: 'hash' }).FLUTTERWAVE_SECRET_HASH).toBe('hash')
  expect(read({ ...NO_STRIPE, ...MPESA }).MPESA_SHORTCODE).toBe('174379')
})

test.each([
  [without(PRODUCTION, 'SHELLWEGO_SMTP_URL'), 'SHELLWEGO_SMTP_URL'],
  [without(PRODUCTION, 'SHELLWEGO_DOMAIN'), 'SHELLWEGO_DOMAIN'],
  [{ ...PRODUCTION, SHELLWEGO_DOMAIN: 'console.localhost' }, 'SHELLWEGO_DOMAIN'],
  [without(PRODUCTION, 'STRIPE_SECRET_KEY'), 'STRIPE_SECRET_KEY'],
  [without(PRODUCTION, 'STRIPE_WEBHOOK_SECRET'), 'STRIPE_WEBHOOK_SECRET'],
  [{ ...PRODUCTION, SHELLWEGO_SETUP: 'a@example.com:long password' }, 'SHELLWEGO_SETUP'],
  [NO_STRIPE, 'FLUTTERWAVE_SECRET_KEY'],
  [{ ...PRODUCTION, FLUTTERWAVE_SECRET_KEY: 'FLWSECK-1' }, 'FLUTTERWAVE_SECRET_HASH'],
  [{ ...PRODUCTION, ...without(MPESA, 'MPESA_PASSKEY') }, 'MPESA_PASSKEY'],
  [{ ...PRODUCTION, ...MPESA, MPESA_SHORTCODE: '17A379' }, 'MPESA_SHORTCODE'],
])('production %# stops and says which variable is at fault', (source, name) => {
  expect(() => read({ ...source })).toThrow(name)
})

test('SHELLWEGO_SETUP is taken out of the environment, even where it is refused', () => {
  const sandbox: Record<string, string> = { ...SANDBOX, SHELLWEGO_SETUP: 'op@example.com:pass:with:colons' }
  expect(read(sandbox).setup).toEqual({ email: 'op@example.com', password: 'pass:with:colons' })
  expect('SHELLWEGO_SETUP' in sandbox).toBe(false)
  const production: Record<string, string> = { ...PRODUCTION, SHELLWEGO_SETUP: 'op@example.com:password' }
  expect(() => read(production)).toThrow()
  expect('SHELLWEGO_SETUP' in production).toBe(false)
})

test.each(['nobody', ':password'])('a SHELLWEGO_SETUP of %j is refused', (value) => {
  expect(() => read({ ...SANDBOX, SHELLWEGO_SETUP: value })).toThrow('SHELLWEGO_SETUP')
})

test('the passphrase is taken out of the environment and shows up in one place only', () => {
  const source: Record<string, string> = { ...without(SANDBOX, 'SHELLWEGO_KEY_PASSPHRASE_FILE'), SHELLWEGO_KEY_PASSPHRASE: 'open sesame for ever' }
  const { keys, ...env } = read(source)
  expect(keys.file).toEqual({ path: path.join(folder, 'secrets', 'keys.json'), passphrase: 'open sesame for ever' })
  expect(JSON.stringify([env, source])).not.toContain('sesame')
  expect(read({ ...SANDBOX }).keys.file?.passphrase).toBe('a long passphrase')
})

test.each([
  ['vault', { SHELLWEGO_VAULT_ADDR: 'https://vault.example.com' }, 'SHELLWEGO_VAULT_TOKEN_FILE'],
  ['aws', { SHELLWEGO_AWS_REGION: 'eu-west-1' }, 'SHELLWEGO_AWS_KMS_KEY'],
])('the provider %s without its settings stops and names them', (provider, settings, name) => {
  expect(() => read({ ...SANDBOX, SHELLWEGO_KEY_PROVIDER: provider, ...settings })).toThrow(name)
})

test('a provider that is set but not chosen can still unwrap', () => {
  const vault = { SHELLWEGO_KEY_PROVIDER: 'vault', SHELLWEGO_VAULT_ADDR: 'https://vault.example.com', SHELLWEGO_VAULT_TOKEN_FILE: passphraseFile }
  expect(read({ ...SANDBOX, ...vault }).keys).toMatchObject({ provider: 'vault', file: { passphrase: 'a long passphrase' }, vault: { keyName: 'shellwego' } })
})
