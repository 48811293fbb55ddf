/** Pure: which rows of the ledger a trusted list changes. */
import type { DesiredList, DesiredObject, DesiredReply, ObjectKind } from '../../server/contract/node-api/v1.ts'
import { keyOf, type KnownObject } from '../reconcile/guard.ts'

export interface Present {
  generationOf(kind: ObjectKind, id: string): number | null
  sameSpec(object: DesiredObject): boolean
}

export interface Merged { upserts: DesiredObject[]; unlisted: KnownObject[]; dropped: KnownObject[] }

/**
 * A missing VM or volume is put aside, not deleted; a missing tombstone or route was confirmed and may go.
 */
export function mergeDesired(reply: DesiredList, known: readonly KnownObject[], missing: readonly KnownObject[], present: Present): Merged {
  const gone = confirmed(reply, known.filter((object) => object.tombstone))
  return {
    upserts: news(reply, present),
    unlisted: missing.filter((object) => keeps(object)),
    dropped: [...gone, ...missing.filter((object) => !keeps(object))],
  }
}

/** Of changes only: what they do not name stays as it is, but for tombstones, which they name all. */
export const mergeChanges = (reply: DesiredReply, tombstones: readonly KnownObject[], present: Present): Merged =>
  ({ upserts: news(reply, present), unlisted: [], dropped: confirmed(reply, tombstones) })

const news = (reply: DesiredReply, present: Present): DesiredObject[] => reply.objects.filter((object) =>
  present.generationOf(object.kind, object.id) !== object.generation || !present.sameSpec(object))

const confirmed = (reply: DesiredReply, tombstones: readonly KnownObject[]): KnownObject[] => {
  const listed = new Set(reply.objects.map(keyOf))
  return tombstones.filter((object) => !listed.has(keyOf(object)))
}

/** Something of a customer's is in it. */
const keeps = ({ kind }: KnownObject): boolean => kind === 'vm' || kind === 'volume'
