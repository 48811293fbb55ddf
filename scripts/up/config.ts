import { readFileSync } from 'node:fs'
import { dataFolder } from './paths.ts'

export interface Config {
  mode: 'sandbox' | 'production'
  isRoot: boolean
  data: string
  domain: string
  appsDomain: string
  acmeEmail: string | undefined
  /** Of an own PostgreSQL; undefined means the embedded one. */
  database: { owner: string; app: string | undefined; system: string | undefined } | undefined
  environment: NodeJS.ProcessEnv
}

const MIN_NODE_CAPABILITIES = 1n << 12n

/** Root in a container may lack the right to make network interfaces; only full root counts as root. */
function isFullRoot(): boolean {
  if (process.getuid?.() !== 0) return false
  const effective = /^CapEff:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'
  return (BigInt(`0x${effective}`) & MIN_NODE_CAPABILITIES) !== 0n
}

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/

function hostName(environment: NodeJS.ProcessEnv, variable: string, fallback: string): string {
  const value = environment[variable] ?? fallback
  if (!HOST_NAME.test(value)) throw new Error(`${variable} is not a host name in lower case: ${value}`)
  return value
}

function readMode(environment: NodeJS.ProcessEnv): Config['mode'] {
  const mode = environment.SHELLWEGO_MODE ?? 'sandbox'
  if (mode !== 'sandbox' && mode !== 'production') throw new Error(`SHELLWEGO_MODE must be sandbox or production, not ${mode}`)
  return mode
}

export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const mode = readMode(environment)
  if (mode === 'production' && environment.SHELLWEGO_SETUP) throw new Error('SHELLWEGO_SETUP is refused in production')
  const owner = environment.DATABASE_URL
  return {
    mode,
    isRoot: isFullRoot(),
    data: dataFolder(environment),
    domain: hostName(environment, 'SHELLWEGO_DOMAIN', 'console.localhost'),
    appsDomain: hostName(environment, 'SHELLWEGO_APPS_DOMAIN', 'apps.localhost'),
    acmeEmail: environment.SHELLWEGO_ACME_EMAIL,
    database: owner ? { owner, app: environment.DATABASE_URL_APP, system: environment.DATABASE_URL_SYSTEM } : undefined,
    environment,
  }
}
