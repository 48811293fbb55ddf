/** `agent install` and `agent uninstall`, as the install script and operators call them. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { ConfigError } from '../config.ts'
import { lockHolder } from '../runtime/lock.ts'
import { sha256Of, type Layout } from '../release/layout.ts'
import { sleep } from '../runtime/backoff.ts'
import { realHost } from './host.ts'
import { install, InstallError, type InstallOptions } from './install.ts'
import { joinedAs } from './joined.ts'
import { systemdServices } from './services.ts'
import { UNIT_NAMES } from './units.ts'
import { uninstall } from './uninstall.ts'

const DATA = '/var/lib/shellwego'
const JOIN_MS = 90_000
const say = (line: string): void => void process.stdout.write(`  ${line}\n`)

const Console = z.object({ domain: z.string(), apps_domain: z.string() })

export async function installCommand(flags: string[]): Promise<number> {
  const { values } = parseArgs({ args: flags, options: {
    portal: { type: 'string' }, ca: { type: 'string' }, manifest: { type: 'string' }, console: { type: 'string' }, files: { type: 'string' }, 'token-file': { type: 'string' },
    data: { type: 'string', default: DATA }, set: { type: 'string', multiple: true, default: [] }, 'no-edge': { type: 'boolean', default: false },
  } })
  const needed = (name: 'portal' | 'manifest' | 'console'): string => {
    const value = values[name]
    if (value === undefined) throw new ConfigError(`agent install needs --${name}. It is called by the line that the console shows under Add a node.`)
    return value
  }
  const { domain, apps_domain: appsDomain } = Console.parse(JSON.parse(readFileSync(needed('console'), 'utf8')))
  const options: InstallOptions = {
    data: resolve(values.data), portal: needed('portal').replace(/\/+$/, ''), ca: values.ca === undefined ? null : resolve(values.ca),
    manifest: sha256Of(readFileSync(needed('manifest'))), console: { domain, appsDomain }, files: values.files === undefined ? null : resolve(values.files),
    token: values['token-file'] === undefined ? null : readFileSync(values['token-file'], 'utf8').trim(), edge: !values['no-edge'],
    settings: Object.fromEntries(values.set.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)])), arch: process.arch,
  }
  const { layout, version, changed, supervised } = await install(options, { host: realHost, services: systemdServices(UNIT_NAMES), say })
  say(`release ${version}${changed ? '' : ', as before'}`)
  if (!supervised) return foreground(layout)
  return untilJoined(layout)
}

function foreground({ launch }: Layout): number {
  process.stdout.write(`\nThis machine has no systemd, so nothing starts by itself. Run this and keep it running:\n\n  ${launch} keep\n\n`)
  return 0
}

async function untilJoined(layout: Layout): Promise<number> {
  for (const end = performance.now() + JOIN_MS; performance.now() < end; await sleep(500)) {
    const node = joinedAs(layout)
    if (node === null || lockHolder(`${layout.agentDir}/lock`) === null) continue
    process.stdout.write('\nThis machine is a node. It shows in the console under Nodes.\n')
    return 0
  }
  process.stderr.write('\nThe agent runs but has not joined yet. Why: journalctl -u shellwego-agent -n 50\n')
  return 1
}

export async function uninstallCommand(flags: string[], shutdown: (environment: Record<string, string>) => Promise<void>): Promise<number> {
  const { values } = parseArgs({ args: flags, options: { data: { type: 'string', default: DATA }, purge: { type: 'boolean', default: false } } })
  const data = resolve(values.data)
  await uninstall({ data, purge: values.purge }, {
    services: systemdServices(UNIT_NAMES), isRoot: () => realHost.isRoot(), say, shutdown: (file) => shutdown(readEnvironment(file)),
  })
  process.stdout.write(values.purge ? 'The node and its data are gone.\n' : `The node is gone; its data stays in ${data}. Delete it in the console too.\n`)
  return 0
}

/** As `environmentText` wrote it. */
const readEnvironment = (file: string): Record<string, string> =>
  Object.fromEntries([...readFileSync(file, 'utf8').matchAll(/^([A-Z0-9_]+)="(.*)"$/gm)].map(([, name, value]) => [name ?? '', value ?? '']))

export const isPlain = (error: unknown): boolean => error instanceof InstallError
