import path from 'node:path'
import { readOptional, writeAtomic } from '../host/files.ts'
import { freePort, isFree } from '../host/ports.ts'
import type { Config } from './config.ts'

export interface Ports {
  https: number
  http: number
  portal: number
  postgres: number
  registry: number
  dns: number
  ask: number
  sandbox: number
}

interface Choice {
  variable: string
  /** Tried first, in this order; then upwards from the last. */
  preferred: readonly number[]
  host: string
}

function choices(isRoot: boolean): Record<keyof Ports, Choice> {
  const loopback = '127.0.0.1'
  return {
    https: { variable: 'SHELLWEGO_HTTPS_PORT', preferred: isRoot ? [443, 8443] : [8443], host: '0.0.0.0' },
    http: { variable: 'SHELLWEGO_HTTP_PORT', preferred: isRoot ? [80, 8080] : [8080], host: '0.0.0.0' },
    portal: { variable: 'PORT', preferred: [3000], host: loopback },
    postgres: { variable: 'SHELLWEGO_POSTGRES_PORT', preferred: [25_432], host: loopback },
    registry: { variable: 'SHELLWEGO_REGISTRY_PORT', preferred: [25_500], host: loopback },
    dns: { variable: 'SHELLWEGO_DNS_PORT', preferred: [25_530], host: loopback },
    ask: { variable: 'SHELLWEGO_ASK_PORT', preferred: [25_560], host: loopback },
    sandbox: { variable: 'SHELLWEGO_SANDBOX_PORT', preferred: [25_590], host: loopback },
  }
}

function demanded(environment: NodeJS.ProcessEnv, variable: string): number | undefined {
  const text = environment[variable]
  if (text === undefined || text === '') return undefined
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`${variable} is not a port: ${text}`)
  return port
}

const fileIn = (data: string): string => path.join(data, 'ports.json')

/** The ports of the last start; undefined when there was none. */
export function rememberedPorts(data: string): Ports | undefined {
  try {
    return JSON.parse(readOptional(fileIn(data)) ?? 'null') as Ports | null ?? undefined
  } catch {
    return undefined
  }
}

async function choose(choice: Choice, last: number | undefined, taken: ReadonlySet<number>): Promise<number> {
  for (const port of last === undefined ? choice.preferred : [last, ...choice.preferred]) {
    if (!taken.has(port) && await isFree(port, choice.host)) return port
  }
  return freePort((choice.preferred.at(-1) ?? 0) + 1, taken, choice.host)
}

/** A port named by the environment is binding; the others keep their last value while it is free. */
export async function choosePorts(config: Config): Promise<Ports> {
  const last = rememberedPorts(config.data)
  const chosen = new Map<keyof Ports, number>()
  const entries = Object.entries(choices(config.isRoot)) as [keyof Ports, Choice][]
  for (const [name, choice] of entries) {
    const port = demanded(config.environment, choice.variable)
    if (port === undefined) continue
    if (!await isFree(port, choice.host)) throw new Error(`${choice.variable}: port ${port} is in use`)
    chosen.set(name, port)
  }
  for (const [name, choice] of entries) {
    if (!chosen.has(name)) chosen.set(name, await choose(choice, last?.[name], new Set(chosen.values())))
  }
  const ports = Object.fromEntries(chosen) as unknown as Ports
  writeAtomic(fileIn(config.data), JSON.stringify(ports))
  return ports
}
