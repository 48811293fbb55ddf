/** What goes along from the data folder: keys, certificates, the local authority. Never a passphrase, never a password of the database. */
import { createReadStream, type Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Variables } from '../../domain/portal-backups/ports.ts'

const KEPT = ['secrets', 'edge/storage', 'ports.json', 'settings.env']
/** They open the archive, or belong to a database that will be another one. */
const LEFT_OUT = [/^secrets\/key-passphrase$/, /^secrets\/db-/, /\.tmp$/, /(^|\/)\.[^/]*lock/i, /^edge\/storage\/locks\//]
const LIMIT_BYTES = 16 * 2 ** 20

const missing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

async function below(folder: string, name: string): Promise<string[]> {
  let entries: Dirent[]
  try {
    if ((await stat(path.join(folder, name))).isFile()) return [name]
    entries = await readdir(path.join(folder, name), { withFileTypes: true })
  } catch (error) {
    if (missing(error)) return []
    throw error
  }
  const names = await Promise.all(entries.filter((e) => e.isDirectory() || e.isFile()).map((e) => below(folder, `${name}/${e.name}`)))
  return names.flat()
}

export const isKept = (name: string): boolean => !LEFT_OUT.some((pattern) => pattern.test(name)) && KEPT.some((kept) => name === kept || name.startsWith(`${kept}/`))
  && path.posix.normalize(name) === name && !name.split('/').includes('..')

export const listFiles = async (data: string): Promise<string[]> => {
  const names = await Promise.all(KEPT.map((name) => below(data, name)))
  return names.flat().filter(isKept).sort()
}

/** Null when it went meanwhile, as a renewed certificate's does. */
export const readSmall = async (file: string): Promise<Buffer | null> => {
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of createReadStream(file) as AsyncIterable<Buffer>) {
      parts.push(part)
      size += part.length
      if (size > LIMIT_BYTES) throw new Error(`${file} is larger than any key or certificate`)
    }
  } catch (error) {
    if (missing(error)) return null
    throw error
  }
  return Buffer.concat(parts)
}

/** How the product was started, for whoever starts it elsewhere: without passphrases and without the database's addresses. */
const SETTING = /^(SHELLWEGO|STRIPE|PAYSTACK|FLUTTERWAVE|MPESA|CLOUDFLARE)_/
const OF_THIS_MACHINE = /PASSPHRASE$|^SHELLWEGO_(DATA|SETUP|AUTH_SECRET|HTTPS_PORT|HTTP_PORT|SANDBOX_PORT|LOGS|TIMING)$/

export const settingsText = (environment: Variables, data: string): string => Object.entries(environment)
  .filter(([name, value]) => value !== undefined && value !== '' && SETTING.test(name) && !OF_THIS_MACHINE.test(name) && !value.startsWith(`${data}/`))
  .map(([name, value = '']) => `${name}='${value.replaceAll("'", `'\\''`)}'\n`).sort().join('')
