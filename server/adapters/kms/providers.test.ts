import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { KeyProviderError } from '../../core/key-provider.ts'
import { createAwsProvider } from './aws-provider.ts'
import { createFileProvider } from './file-provider.ts'
import { createKeyProviders } from './key-providers.ts'
import { startFakeKms } from './testing/fake-kms.ts'
import { startFakeVault } from './testing/fake-vault.ts'
import { createVaultProvider } from './vault-provider.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'shellwego-providers-'))
afterAll(() => rmSync(folder, { recursive: true }))
let stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops) await stop()
  stops = []
})

const context = { owner: 'org_a' }
const key = randomBytes(32)
const faultOf = (work: Promise<unknown>) =>
  work.then(() => null, (error: unknown) => (error instanceof KeyProviderError ? error : Promise.reject(error as Error)))

let files = 0
const newFile = (): string => path.join(folder, `keys-${++files}.json`)
const PASS = 'correct horse battery'

test('the key file is ours alone, holds no key in clear, and opens with its passphrase only', async () => {
  const file = newFile()
  const wrapped = await createFileProvider(file, PASS).wrap(key, context)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(await createFileProvider(file, PASS).unwrap(wrapped, context)).toEqual(key)
  const fault = await faultOf(createFileProvider(file, 'another passphrase').unwrap(wrapped, context))
  expect([fault?.fault, fault?.message]).toEqual(['unavailable', expect.stringContaining('passphrase')])
  expect(JSON.stringify(fault)).not.toContain('another passphrase')
})

test('two processes that start at once share one key file', async () => {
  const file = newFile()
  const providers = Array.from({ length: 4 }, () => createFileProvider(file, PASS))
  expect(new Set(await Promise.all(providers.map((p) => p.currentKeyId()))).size).toBe(1)
})

test('a damaged or vanished key file is said to be so, and never replaced by a new one', async () => {
  const file = newFile()
  const provider = createFileProvider(file, PASS)
  const wrapped = await provider.wrap(key, context)
  const good = readFileSync(file, 'utf8')
  for (const bad of ['', '{', '{"format":2}', good.replace(/"sealed": "(.{40})./, '"sealed": "$1A')]) {
    writeFileSync(file, bad)
    expect((await faultOf(createFileProvider(file, PASS).unwrap(wrapped, context)))?.fault, bad.slice(0, 10)).toBe('unavailable')
  }
  rmSync(file)
  expect((await faultOf(provider.unwrap(wrapped, context)))?.message).toContain('gone')
  expect(() => statSync(file)).toThrow('ENOENT')
  writeFileSync(file, good)
  expect(await provider.unwrap(wrapped, context)).toEqual(key)
})

test('a silent, sealed or refusing Vault is told apart from a wrong text', async () => {
  const vault = await startFakeVault({ token: 'hvs.test', keyName: 'shellwego', mount: 'keys/transit' })
  stops.push(vault.stop)
  const make = (over: object = {}) => createVaultProvider({ url: `${vault.url}/`, token: () => 'hvs.test', keyName: 'shellwego', mount: 'keys/transit', timeoutMs: 1_000, ...over })
  const wrapped = await make().wrap(key, context)
  expect(vault.state.requests.at(-1)?.headers).toMatchObject({ 'x-vault-token': 'hvs.test', 'x-vault-request': 'true' })
  vault.state.fault = { status: 503, body: { errors: ['Vault is sealed'] } }
  expect(await faultOf(make().unwrap(wrapped, context))).toMatchObject({ fault: 'unavailable', message: expect.stringContaining('Vault is sealed') as string })
  for (const fault of ['hang' as const, { status: 200, body: 'a portal of a hotel' }, { status: 200, body: null }]) {
    vault.state.fault = fault
    expect((await faultOf(make().unwrap(wrapped, context)))?.fault).toBe('unavailable')
  }
  vault.state.fault = null
  expect((await faultOf(make({ token: () => 'hvs.old' }).unwrap(wrapped, context)))?.fault).toBe('unavailable')
  expect((await faultOf(make({ keyName: 'other' }).currentKeyId()))?.fault).toBe('unavailable')
  expect((await faultOf(createVaultProvider({ url: 'http://127.0.0.1:9', token: () => '', keyName: 'x' }).currentKeyId()))?.fault).toBe('unavailable')
})

test('AWS KMS takes requests signed by the right key for the right region only, with the owner as encryption context', async () => {
  const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret/of+aws', sessionToken: 'session==', region: 'eu-west-1' }
  const kms = await startFakeKms({ ...credentials, alias: 'alias/shellwego' })
  stops.push(kms.stop)
  const make = (over: object = {}) => createAwsProvider({ ...credentials, keyId: 'alias/shellwego', endpoint: kms.url, timeoutMs: 500, ...over })
  const wrapped = await make().wrap(key, context)
  expect(JSON.parse(kms.state.requests.at(-1)?.body ?? '{}')).toMatchObject({ EncryptionContext: { 'shellwego:owner': 'org_a' } })
  expect(await make().unwrap(wrapped, context)).toEqual(key)
  for (const wrong of [{ secretAccessKey: 'other' }, { accessKeyId: 'AKIAOTHER' }, { region: 'us-east-1' }, { sessionToken: 'old' }]) {
    expect((await faultOf(make(wrong).unwrap(wrapped, context)))?.fault, JSON.stringify(wrong)).toBe('unavailable')
  }
  kms.state.fault = { status: 500, body: { __type: 'KMSInternalException' } }
  expect(await faultOf(make().unwrap(wrapped, context))).toMatchObject({ fault: 'unavailable', message: expect.stringContaining('KMSInternalException') as string })
  kms.state.fault = 'hang'
  expect((await faultOf(make().unwrap(wrapped, context)))?.fault).toBe('unavailable')
})

test('the chosen provider wraps, the others stay able to unwrap', () => {
  const none = { file: null, vault: null, aws: null }
  const file = { path: newFile(), passphrase: PASS }
  const vault = { url: 'http://127.0.0.1:9', tokenFile: newFile(), keyName: 'k', mount: undefined, namespace: undefined }
  const both = createKeyProviders({ ...none, provider: 'vault', file, vault })
  expect([both.current.name, both.all.map((p) => p.name)]).toEqual(['vault', ['file', 'vault']])
  expect(() => createKeyProviders({ ...none, provider: 'aws', file })).toThrow('aws')
})
