/** Pure: which rows of the ledger a trusted list changes. */
import type { DesiredObject, DesiredReply, ObjectKind } from '../../server/contract/node-api/v1.ts'
import { keyOf, type KnownObject } from '../reconcile/guard.ts'

export interface Present {
  generationOf(kind: ObjectKind, id: string): number | null
  sameSpec(object: DesiredObject): boolean
}

export interface Merged { upserts: DesiredObject[]; unlisted: KnownObject[]; dropped: KnownObject[] }

/**
 * A missing VM or volume is put aside, not deleted; a missing tombstone or route was confirmed and may go.
 */
export function mergeDesired(reply: DesiredReply, known: readonly KnownObject[], missing: readonly KnownObject[], present: Present): Merged {
  const listed = new Set(reply.objects.map(keyOf))
  const gone = known.filter((object) => object.tombstone && !listed.has(keyOf(object)))
  return {
    upserts: reply.objects.filter((object) => {
      const generation = present.generationOf(object.kind, object.id)
      return generation !== object.generation || !present.sameSpec(object)
    }),
    unlisted: missing.filter((object) => keeps(object)),
    dropped: [...gone, ...missing.filter((object) => !keeps(object))],
  }
}

/** Something of a customer's is in it. */
const keeps = ({ kind }: KnownObject): boolean => kind === 'vm' || kind === 'volume'
