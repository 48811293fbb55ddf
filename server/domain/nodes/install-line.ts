import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { EdgeSettings } from '../../contract/node-api/edge.ts'
import { sha256 } from '../../core/crypto.ts'
import { runtime } from '../../core/runtime.ts'
import { DistShelf, readAuthority, type Dist } from './dist.ts'

let shelf: DistShelf | null = null

/** The portal runs in the folder it was built in. */
export const currentDist = async (): Promise<Dist | null> => {
  shelf ??= new DistShelf(process.cwd(), runtime().env.SHELLWEGO_DATA)
  return shelf.read()
}

/** Names that every visitor knows: a node's edge must know them too. */
export const consoleNames = (): { domain: string; apps_domain: string } => {
  const { SHELLWEGO_DOMAIN: domain, SHELLWEGO_APPS_DOMAIN: appsDomain } = runtime().env
  return { domain, apps_domain: appsDomain }
}

/** For nodes that were not told by their own settings. */
export const edgeSettings = async (): Promise<EdgeSettings> => {
  const { SHELLWEGO_ACME_EMAIL: email, SHELLWEGO_ACME_CA: ca = null, SHELLWEGO_ACME_CA_ROOT: root } = runtime().env
  return { acme: email === undefined ? null : { email, ca, ca_root: root === undefined ? null : await readFile(root, 'utf8') } }
}

export const consoleAuthority = (): Promise<string | null> => {
  const { SHELLWEGO_DATA: data, SHELLWEGO_ACME_EMAIL: email, SHELLWEGO_ACME_CA_ROOT: caRoot } = runtime().env
  return readAuthority(data, { email, caRoot })
}

export const installScript = (): Promise<string> => readFile(path.join(process.cwd(), 'agent/install/install.sh'), 'utf8')

/** Pure: what an operator pastes on a machine. Where no public authority vouches for the console, the line itself carries the hashes. */
export const installLine = (origin: string, pins: { authority: string | null; script: string }): string => {
  if (pins.authority === null) return `curl -fsSL ${origin}/install.sh | sudo sh -s -- --portal ${origin}`
  return `curl -fsSLk ${origin}/install.sh -o install.sh && echo "${sha256(pins.script)}  install.sh" | sha256sum -c --quiet && `
    + `sudo sh install.sh --portal ${origin} --ca-sha256 ${sha256(pins.authority)}`
}

export const readInstallLine = async (origin: string): Promise<string> =>
  installLine(origin, { authority: await consoleAuthority(), script: await installScript() })
