import { readFileSync } from 'node:fs'
import path from 'node:path'
import { dataFolder } from '../../scripts/up/paths.ts'
import { findRunFile } from '../../scripts/up/run-file.ts'
import { UsageError } from '../exit.ts'
import { readConfig, tokenOfContext, type ContextSettings } from './files.ts'

export const FORMATS = ['table', 'json', 'yaml', 'plain'] as const
export type Format = (typeof FORMATS)[number]

/** Options every command takes. */
export interface GlobalOptions {
  output?: Format
  json?: boolean
  url?: string
  organization?: string
  context?: string
  caFile?: string
  data?: string
  color: boolean
  input: boolean
}

export interface Settings {
  context: string
  url: string | null
  /** Sent only to the address it was made for. */
  token: string | null
  tokenFrom: 'environment' | 'credentials' | null
  organization: string | null
  ca: string | undefined
  caFile: string | null
  format: Format
}

/** Loopback may be spoken to in clear; anything farther away would carry the token in clear. */
export function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol)) throw new UsageError(`${text} is no address: give one like https://console.example.com`)
  if (url.username || url.password) throw new UsageError('the address may not hold a name or password')
  const loopback = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)
  if (url.protocol === 'http:' && !loopback) throw new UsageError(`${url.origin} would carry the token in clear: use https`)
  return url.origin
}

/** A product that runs on this machine leaves its addresses in its data folder. */
function localUrl(env: NodeJS.ProcessEnv, folder: string | undefined, home: string): string | null {
  const data = folder ? path.resolve(folder) : dataFolder(env, home)
  const found = findRunFile(data)
  if (!found && folder) throw new UsageError(`nothing runs on ${data}: start it with npm run up`)
  return found?.api ?? null
}

function readCa(file: string | null): string | undefined {
  if (file === null) return undefined
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`cannot read the certificate of the authority: ${(error as Error).message}`)
  }
}

function formatOf(options: GlobalOptions, env: NodeJS.ProcessEnv, kept: ContextSettings): Format {
  if (options.json) return 'json'
  const wanted = options.output ?? env.SHELLWEGO_OUTPUT ?? kept.output ?? 'table'
  const format = FORMATS.find((known) => known === wanted)
  if (!format) throw new UsageError(`${wanted} is no output format: use ${FORMATS.join(', ')}`)
  return format
}

function tokenFor(env: NodeJS.ProcessEnv, context: string, url: string | null): Pick<Settings, 'token' | 'tokenFrom'> {
  if (env.SHELLWEGO_TOKEN) return { token: env.SHELLWEGO_TOKEN.trim(), tokenFrom: 'environment' }
  const kept = tokenOfContext(env, context)
  return kept && kept.url === url ? { token: kept.token, tokenFrom: 'credentials' } : { token: null, tokenFrom: null }
}

/** What holds for this call: options before environment before the kept context before what runs here. `home` is the checkout. */
export function settingsOf(options: GlobalOptions, env: NodeJS.ProcessEnv, home: string): Settings {
  const config = readConfig(env)
  const context = options.context ?? env.SHELLWEGO_CONTEXT ?? config.current
  const kept = config.contexts[context]
  if (!kept && context !== 'default') throw new UsageError(`there is no context ${context}: see \`shellwego config contexts\``)
  const given = options.url ?? (options.data ? undefined : env.SHELLWEGO_URL)
  const found = given ?? (options.data ? undefined : kept?.url) ?? localUrl(env, options.data, home) ?? undefined
  const url = found === undefined ? null : checkedUrl(found)
  const caFile = options.caFile ?? env.SHELLWEGO_CA_FILE ?? kept?.ca_file ?? null
  return {
    context, url, ...tokenFor(env, context, url), organization: options.organization ?? env.SHELLWEGO_ORG ?? kept?.organization ?? null,
    caFile, ca: readCa(caFile), format: formatOf(options, env, kept ?? {}),
  }
}
