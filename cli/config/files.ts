import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { UsageError } from '../exit.ts'

export const CONTEXT_KEYS = ['url', 'organization', 'ca_file', 'output'] as const
export type ContextKey = (typeof CONTEXT_KEYS)[number]
/** One installation, and how to speak to it. */
export type ContextSettings = Partial<Record<ContextKey, string>>

export interface ConfigFile { current: string; contexts: Record<string, ContextSettings> }
/** Apart from the settings, so that those can be shown and shared. */
export interface Credential {
  token: string
  /** The address it was made for; it is sent to no other. */
  url: string
}
interface CredentialsFile { tokens: Record<string, Credential> }

export function configFolder(env: NodeJS.ProcessEnv): string {
  if (env.SHELLWEGO_CONFIG_DIR) return path.resolve(env.SHELLWEGO_CONFIG_DIR)
  const base = env.XDG_CONFIG_HOME && path.isAbsolute(env.XDG_CONFIG_HOME) ? env.XDG_CONFIG_HOME : path.join(env.HOME ?? os.homedir(), '.config')
  return path.join(base, 'shellwego')
}

function read<T>(file: string, otherwise: T): T {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return otherwise
    throw new UsageError(`cannot read ${file}: ${(error as Error).message}`)
  }
  try {
    return { ...otherwise, ...JSON.parse(text) as T }
  } catch {
    throw new UsageError(`${file} is not valid JSON: mend it, or move it away`)
  }
}

/** Readers see the old file or the new one; nobody but the owner may read either. */
function save(file: string, content: unknown): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const temporary = `${file}.${process.pid}.tmp`
  writeFileSync(temporary, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
  chmodSync(temporary, 0o600)
  renameSync(temporary, file)
}

const configFile = (env: NodeJS.ProcessEnv): string => path.join(configFolder(env), 'config.json')
const credentialsFile = (env: NodeJS.ProcessEnv): string => path.join(configFolder(env), 'credentials.json')

export const readConfig = (env: NodeJS.ProcessEnv): ConfigFile => read(configFile(env), { current: 'default', contexts: {} })
export const saveConfig = (env: NodeJS.ProcessEnv, config: ConfigFile): void => save(configFile(env), config)

/** Refuses a file that others can read: what is in it is then no longer a secret. */
function readCredentials(env: NodeJS.ProcessEnv): CredentialsFile {
  const file = credentialsFile(env)
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0
  if ((mode & 0o077) !== 0) throw new UsageError(`${file} can be read by others: revoke the token in it, then chmod 600 it`)
  return read(file, { tokens: {} })
}

export const tokenOfContext = (env: NodeJS.ProcessEnv, context: string): Credential | null =>
  readCredentials(env).tokens[context] ?? null

export function keepToken(env: NodeJS.ProcessEnv, context: string, entry: Credential | null): void {
  const { [context]: _old, ...others } = readCredentials(env).tokens
  save(credentialsFile(env), { tokens: entry ? { ...others, [context]: entry } : others })
}
