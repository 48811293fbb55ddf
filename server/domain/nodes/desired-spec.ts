import type { DesiredObject } from '../../contract/node-api/v1.ts'
import { runtime } from '../../core/runtime.ts'

type Spec = DesiredObject['spec']
/** As it lies in the database: the secrets apart, encrypted under a data key of their organization. */
export interface StoredSpec { spec: Record<string, unknown> | null; sealedSecrets: string | null; keyId: string | null }
type SealedSpec = Pick<StoredSpec, 'sealedSecrets'> & { spec: unknown }

export const sealedObjectPlace = (nodeId: string, id: string): string => `node_object/${nodeId}/${id}`

/** Only the node's own poll opens them again. */
export const storeSpec = async (nodeId: string, id: string, spec: Spec): Promise<StoredSpec> => {
  const secrets = spec && 'secrets' in spec ? spec.secrets ?? {} : {}
  if (!spec || !('org_id' in spec) || !spec.org_id || Object.keys(secrets).length === 0) return { spec: spec ? { ...spec } : null, sealedSecrets: null, keyId: null }
  const { text, keyId } = await runtime().keys.seal(spec.org_id, JSON.stringify(secrets), sealedObjectPlace(nodeId, id))
  return { spec: { ...spec, secrets: {} }, sealedSecrets: text, keyId }
}

export const openSpec = async (nodeId: string, id: string, { spec, sealedSecrets }: SealedSpec): Promise<unknown> => {
  if (!sealedSecrets) return spec
  const stored = spec as { org_id: string }
  return { ...stored, secrets: JSON.parse(await runtime().keys.open(stored.org_id, sealedSecrets, sealedObjectPlace(nodeId, id))) as unknown }
}
