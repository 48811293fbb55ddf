import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KeyProviderError, type KeyProvider } from '../../core/key-provider.ts'
import { createAwsProvider } from './aws-provider.ts'
import { createFileProvider } from './file-provider.ts'
import { startFakeKms } from './testing/fake-kms.ts'
import { startFakeVault } from './testing/fake-vault.ts'
import { createVaultProvider } from './vault-provider.ts'

interface Rig {
  provider: KeyProvider
  /** Another process with the same settings. */
  sibling: KeyProvider
  /** What happens outside before a rotation. */
  beforeRotation: () => void
  stop: () => Promise<void>
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'shellwego-kms-'))
afterAll(() => rmSync(folder, { recursive: true }))

const rigs: Record<string, () => Promise<Rig>> = {
  file: () => {
    const make = () => createFileProvider(path.join(folder, 'contract', 'keys.json'), 'correct horse battery')
    return Promise.resolve({ provider: make(), sibling: make(), beforeRotation: () => {}, stop: () => Promise.resolve() })
  },
  vault: async () => {
    const vault = await startFakeVault({ token: 'hvs.test', keyName: 'shellwego' })
    const make = () => createVaultProvider({ url: vault.url, token: () => 'hvs.test', keyName: 'shellwego' })
    return { provider: make(), sibling: make(), beforeRotation: () => {}, stop: vault.stop }
  },
  aws: async () => {
    const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret/of+aws', region: 'eu-west-1' }
    const kms = await startFakeKms({ ...credentials, alias: 'alias/shellwego' })
    const make = () => createAwsProvider({ ...credentials, keyId: 'alias/shellwego', endpoint: kms.url })
    return { provider: make(), sibling: make(), beforeRotation: kms.pointAliasToNewKey, stop: kms.stop }
  },
}

const refused = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'no error', (error: unknown) => error instanceof KeyProviderError ? error.fault : error)

describe.each(Object.keys(rigs))('the key provider %s', (name) => {
  let rig: Rig
  beforeAll(async () => {
    const make = rigs[name]
    if (!make) throw new Error(name)
    rig = await make()
  })
  afterAll(() => rig.stop())
  const context = { owner: 'org_a' }
  const key = randomBytes(32)

  test('gives back what it wrapped, to every process, and names the key with its own name before it', async () => {
    const wrapped = await rig.provider.wrap(key, context)
    expect(await rig.provider.unwrap(wrapped, context)).toEqual(key)
    expect(await rig.sibling.unwrap(wrapped, context)).toEqual(key)
    expect(wrapped.keyId).toBe(await rig.provider.currentKeyId())
    expect(wrapped.keyId.startsWith(`${rig.provider.name}:`)).toBe(true)
    expect(Buffer.from(wrapped.wrapped).includes(key)).toBe(false)
    expect(wrapped.wrapped).not.toContain(key.toString('base64').slice(0, 16))
  })

  test('never wraps the same key to the same text', async () => {
    expect((await rig.provider.wrap(key, context)).wrapped).not.toBe((await rig.provider.wrap(key, context)).wrapped)
  })

  test('refuses another owner, a changed text and an unknown key', async () => {
    const { keyId, wrapped } = await rig.provider.wrap(key, context)
    expect(await refused(rig.provider.unwrap({ keyId, wrapped }, { owner: 'org_b' }))).toBe('refused')
    const at = wrapped.length - 8
    const changed = `${wrapped.slice(0, at)}${wrapped[at] === 'A' ? 'B' : 'A'}${wrapped.slice(at + 1)}`
    expect(await refused(rig.provider.unwrap({ keyId, wrapped: changed }, context))).toBe('refused')
  })

  test('after a rotation both keys work, in every process, until the old one is retired', async () => {
    const old = await rig.provider.wrap(key, context)
    expect(await rig.sibling.currentKeyId()).toBe(old.keyId)
    rig.beforeRotation()
    const current = await rig.provider.rotate()
    expect(current).not.toBe(old.keyId)
    expect(await rig.sibling.currentKeyId()).toBe(current)
    expect(await rig.sibling.unwrap(old, context)).toEqual(key)
    const fresh = await rig.sibling.wrap(key, context)
    expect(fresh.keyId).toBe(current)
    await rig.provider.retire(old.keyId)
    expect(await rig.sibling.unwrap(fresh, context)).toEqual(key)
    expect(['refused', 'unavailable']).toContain(await refused(rig.sibling.unwrap(old, context)))
  })

  test('does not retire the current key', async () => {
    expect(await refused(rig.provider.retire(await rig.provider.currentKeyId()))).toBe('refused')
  })

  test('serves many at once', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, async (_, i) => {
      const mine = { owner: `org_${i}` }
      return (await rig.provider.unwrap(await rig.sibling.wrap(key, mine), mine)).equals(key)
    }))
    expect(all.every(Boolean)).toBe(true)
  })
})
