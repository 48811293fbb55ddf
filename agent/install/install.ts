/** Makes this machine a node: each step looks first, so running it again repairs, and brings another release when there is one. */
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fetchRelease, hashOf, presentFiles, type Fetch } from '../release/fetch.ts'
import { layoutOf, releaseName, Releases, sha256Of, type Layout } from '../release/layout.ts'
import { EDGE_USER, type Host } from './host.ts'
import type { Services } from './services.ts'
import { environmentText, firstEdgeConfig, unitsOf } from './units.ts'

export interface InstallOptions {
  data: string
  portal: string
  /** File with the root of the portal's certificates; null: a public authority's. */
  ca: string | null
  /** Names of the console and of apps, as the portal says them. */
  console: { domain: string; appsDomain: string }
  /** The manifest of the release, whose hash names it. */
  manifest: string
  /** Files of the release that are here already. */
  files: string | null
  /** Null: the machine has joined before. */
  token: string | null
  edge: boolean
  settings: Readonly<Record<string, string>>
  arch: string
}

export interface InstallPorts { host: Host; services: Services; fetch?: Fetch; say: (line: string) => void }

export interface Installed { layout: Layout; release: string; version: string; changed: boolean; supervised: boolean }

export async function install(options: InstallOptions, ports: InstallPorts): Promise<Installed> {
  const { host, services, say } = ports
  if (!host.isRoot()) throw new InstallError('Installing needs root. Put sudo before the command.')
  const layout = layoutOf(options.data)
  const units = unitsOf(options.data, options.edge)
  const environment = environmentText(variablesOf(options, layout))
  requireJoinable(options, layout)
  makeFolders(layout)
  say('packages')
  await host.packages()
  if (options.edge) await prepareEdge(layout, host)
  writeIdentity(options, layout)
  say('release')
  const { name, version, changed } = await bringRelease(options, layout, ports)
  place(join(layout.releases, name, 'launch'), layout.launch, 0o755)
  writePrivately(layout.environment, environment)
  const supervised = services.present()
  if (supervised) {
    say('services')
    await services.install(units)
  }
  return { layout, release: name, version, changed, supervised }
}

export class InstallError extends Error {}

/** Said before anything is changed. */
function requireJoinable({ token }: InstallOptions, layout: Layout): void {
  if (existsSync(join(layout.data, 'pg')) || existsSync(join(layout.data, 'supervisor.json'))) {
    throw new InstallError(`The console itself runs on this machine, from ${layout.data}: it is a node already, and its agent goes with it.`)
  }
  if (token !== null || existsSync(join(layout.agentDir, 'ledger.db'))) return
  throw new InstallError('A join token is needed: make one in the console under Nodes, Add a node.')
}

const variablesOf = (options: InstallOptions, layout: Layout): Record<string, string> => ({
  SHELLWEGO_DATA: layout.data, SHELLWEGO_PORTAL_URL: options.portal, ...(options.ca === null ? {} : { SHELLWEGO_PORTAL_CA: layout.authority }),
  SHELLWEGO_JOIN_TOKEN_FILE: layout.token, SHELLWEGO_DOMAIN: options.console.domain, SHELLWEGO_APPS_DOMAIN: options.console.appsDomain,
  SHELLWEGO_IMAGE_MIRROR_PORT: '25501',
  ...(options.edge ? { SHELLWEGO_EDGE_ADMIN: layout.edgeAdmin, SHELLWEGO_EDGE_STORAGE: layout.edgeStorage } : {}), ...options.settings,
})

/** Users of VMs and of the edge must pass through the data folder; what is inside is closed to them. */
function makeFolders(layout: Layout): void {
  for (const [folder, mode] of [[layout.data, 0o711], [layout.agentDir, 0o700], [layout.releases, 0o755]] as const) {
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, mode)
  }
}

async function prepareEdge(layout: Layout, host: Host): Promise<void> {
  const owner = await host.user(EDGE_USER)
  for (const folder of [layout.edge, layout.edgeStorage, join(layout.edge, 'config'), join(layout.edge, 'data')]) {
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, 0o700)
    host.own(folder, owner)
  }
  writeFileSync(layout.edgeFirst, firstEdgeConfig({ adminSocket: layout.edgeAdmin, storage: layout.edgeStorage }), { mode: 0o644 })
}

function writeIdentity({ ca, token }: InstallOptions, layout: Layout): void {
  if (ca !== null) place(ca, layout.authority, 0o644)
  if (token !== null) writePrivately(layout.token, `${token}\n`)
}

/** By hand there is no trial: whoever runs this sees how it goes. */
async function bringRelease(options: InstallOptions, layout: Layout, { fetch }: InstallPorts): Promise<{ name: string; version: string; changed: boolean }> {
  const releases = new Releases(layout.releases)
  const present = await presentFiles(releases, [releases.named('current')])
  for (const file of options.files === null ? [] : readdirSync(options.files)) {
    const path = join(options.files ?? '', file)
    const sha = await hashOf(path)
    if (sha !== null) present.set(sha, path)
  }
  const source = { url: options.portal, ca: options.ca === null ? null : readFileSync(options.ca, 'utf8') }
  const { version } = await fetchRelease({ source, releases, manifest: options.manifest, arch: options.arch, present, ...(fetch ? { fetch } : {}) })
  const name = releaseName(options.manifest)
  const changed = releases.named('current') !== name
  if (changed || releases.named('trial') !== null) releases.keep(name)
  return { name, version, changed }
}

function place(from: string, to: string, mode: number): void {
  if (existsSync(to) && sha256Of(readFileSync(from)) === sha256Of(readFileSync(to))) return chmodSync(to, mode)
  copyFileSync(from, `${to}.new`)
  chmodSync(`${to}.new`, mode)
  renameSync(`${to}.new`, to)
}

function writePrivately(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 })
  chmodSync(`${path}.new`, 0o600)
  renameSync(`${path}.new`, path)
}
