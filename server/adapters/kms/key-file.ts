import { randomBytes, scrypt, type ScryptOptions } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { openEnvelope, sealEnvelope, Unreadable } from '../../core/envelope.ts'
import { KeyProviderError } from '../../core/key-provider.ts'

const Version = z.object({ id: z.string(), created_at: z.string(), sealed: z.string() })
const KeyFileText = z.object({
  format: z.literal(1),
  kdf: z.object({ name: z.literal('scrypt'), n: z.int().min(2 ** 14).max(2 ** 20), r: z.int().max(32), p: z.int().max(16), salt: z.string() }),
  /** The last one is the current one. */
  keys: z.array(Version).min(1),
})
type KeyFileText = z.infer<typeof KeyFileText>

/** 32 MiB of memory and about a tenth of a second per guess. */
const COST = { n: 2 ** 15, r: 8, p: 1 }
const place = (id: string): string => `key-file/${id}`

export interface KeyFile { text: KeyFileText; passKey: Buffer; keys: Map<string, Buffer>; current: string }

const stretch = (passphrase: string, kdf: KeyFileText['kdf']): Promise<Buffer> => {
  const options: ScryptOptions = { N: kdf.n, r: kdf.r, p: kdf.p, maxmem: 256 * kdf.n * kdf.r }
  return new Promise((resolve, reject) => scrypt(passphrase.normalize('NFKC'), Buffer.from(kdf.salt, 'base64'), 32, options, (error, key) => {
    if (error) reject(error)
    else resolve(key)
  }))
}

const newVersion = (passKey: Buffer): z.infer<typeof Version> => {
  const id = `file:${randomBytes(6).toString('hex')}`
  return { id, created_at: new Date().toISOString(), sealed: sealEnvelope(id, passKey, randomBytes(32), place(id)) }
}

const parse = (file: string, raw: string): KeyFileText => {
  try {
    return KeyFileText.parse(JSON.parse(raw))
  } catch (cause) {
    throw new KeyProviderError('unavailable', `The key file ${file} is damaged. Restore it from a backup: without it no secret can be read.`, { cause })
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

const readText = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    if (isMissing(cause)) return null
    throw new KeyProviderError('unavailable', `The key file ${file} cannot be read.`, { cause })
  }
}

const temporary = (file: string): string => `${file}.${process.pid}.${randomBytes(4).toString('hex')}`

/** Two processes may come at once: the first one's file is the one both use. */
const createFile = async (file: string, passphrase: string): Promise<string> => {
  const kdf = { name: 'scrypt' as const, ...COST, salt: randomBytes(16).toString('base64') }
  const text: KeyFileText = { format: 1, kdf, keys: [newVersion(await stretch(passphrase, kdf))] }
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const draft = temporary(file)
  writeFileSync(draft, JSON.stringify(text, null, 2), { mode: 0o600, flush: true })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return readFileSync(file, 'utf8')
}

const unlock = (file: string, text: KeyFileText, passKey: Buffer): KeyFile => {
  try {
    const keys = new Map(text.keys.map((k) => [k.id, openEnvelope(passKey, k.sealed, place(k.id))]))
    return { text, passKey, keys, current: text.keys.at(-1)?.id ?? '' }
  } catch (cause) {
    if (!(cause instanceof Unreadable)) throw cause
    throw new KeyProviderError('unavailable', `The passphrase does not open the key file ${file}.`, { cause })
  }
}

/** Reads the file, or makes it where there is none and `create` says so. `before` saves the slow step while salt and cost are the same. */
export const openKeyFile = async (file: string, passphrase: string, options: { create: boolean; before?: KeyFile | undefined }): Promise<KeyFile> => {
  const raw = readText(file) ?? (options.create ? await createFile(file, passphrase) : null)
  if (raw === null) throw new KeyProviderError('unavailable', `The key file ${file} is gone. Restore it from a backup: without it no secret can be read.`)
  const text = parse(file, raw)
  const same = options.before && JSON.stringify(options.before.text.kdf) === JSON.stringify(text.kdf)
  return unlock(file, text, same && options.before ? options.before.passKey : await stretch(passphrase, text.kdf))
}

const write = (file: string, text: KeyFileText): void => {
  const draft = temporary(file)
  writeFileSync(draft, JSON.stringify(text, null, 2), { mode: 0o600, flush: true })
  renameSync(draft, file)
}

export const addVersion = (file: string, { text, passKey }: KeyFile): string => {
  const version = newVersion(passKey)
  write(file, { ...text, keys: [...text.keys, version] })
  return version.id
}

export const removeVersion = (file: string, { text }: KeyFile, id: string): void => {
  write(file, { ...text, keys: text.keys.filter((k) => k.id !== id) })
}
