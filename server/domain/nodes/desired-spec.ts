import { seal, unseal } from '../../core/crypto.ts'
import type { DesiredObject } from '../../contract/node-api/v1.ts'

type Spec = DesiredObject['spec']
type StoredSpec = Record<string, unknown> & { sealed_secrets?: string }

const place = (nodeId: string, id: string): string => `node_object/${nodeId}/${id}`

/** Secrets of an app rest encrypted in the database, here as in the app itself; only the node's own poll opens them. */
export const storeSpec = (key: Buffer, nodeId: string, id: string, spec: Spec): StoredSpec | null => {
  if (!spec || !('secrets' in spec) || Object.keys(spec.secrets).length === 0) return spec ? { ...spec } : null
  return { ...spec, secrets: {}, sealed_secrets: seal(key, JSON.stringify(spec.secrets), place(nodeId, id)) }
}

export const openSpec = (key: Buffer, nodeId: string, id: string, stored: StoredSpec | null): unknown => {
  if (!stored?.sealed_secrets) return stored
  const { sealed_secrets: sealed, ...spec } = stored
  return { ...spec, secrets: JSON.parse(unseal(key, sealed, place(nodeId, id))) as unknown }
}
