/**
 * What the edge of a joined node is told by the portal rather than by its own environment. It is kept in a file, because the edge starts without the
 * portal too; what is new takes an agent that starts with it, so this one ends and is started again. VMs and the edge itself go on meanwhile.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { EdgeSettings } from '../../server/contract/node-api/edge.ts'
import type { AgentConfig } from '../config.ts'

type Config = Pick<AgentConfig, 'agentDir' | 'edge'>

const fileOf = ({ agentDir }: Config): string => join(agentDir, 'edge.json')
/** Where the edge's own user may read. */
const rootOf = (storage: string): string => join(storage, 'authorities', 'acme-root.pem')

function kept(config: Config): EdgeSettings {
  try {
    return EdgeSettings.parse(JSON.parse(readFileSync(fileOf(config), 'utf8')))
  } catch {
    return { acme: null }
  }
}

/** What stands in the environment wins. */
export function withPortalSettings<C extends Config>(config: C): C {
  const { edge } = config
  const { acme } = kept(config)
  if (!edge || edge.acme || !acme) return config
  return { ...config, edge: { ...edge, acme: { email: acme.email, ca: acme.ca, caRoot: acme.ca_root === null ? null : rootOf(edge.storage) } } }
}

/** `config` as it was read from the environment. True when the agent should start anew. */
export function keepPortalSettings(config: Config, told: EdgeSettings): boolean {
  if (!config.edge || config.edge.acme || JSON.stringify(kept(config)) === JSON.stringify(told)) return false
  if (told.acme?.ca_root) place(rootOf(config.edge.storage), told.acme.ca_root, 0o644)
  place(fileOf(config), JSON.stringify(told), 0o600)
  return true
}

function place(path: string, text: string, mode: number): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o755 })
  writeFileSync(`${path}.new`, text, { mode })
  renameSync(`${path}.new`, path)
}
