import { sha256 } from './crypto.ts'
import { DomainError } from './error.ts'

/**
 * An entity tag is `"<version>.<digest>"`: the version rises with each change of the spec, the digest is that of the answer. `If-None-Match`
 * compares all of it, `If-Match` the version alone: what an instance is doing meanwhile is no reason to refuse a change of the spec.
 */
export const entityTag = (version: string | null, body: string | null): string =>
  `"${[version, body === null ? null : sha256(body).slice(0, 20)].filter((part) => part !== null).join('.')}"`

/** A version for what has no counter of its own. */
export const versionOf = (spec: unknown): string => sha256(JSON.stringify(spec)).slice(0, 20)

/** Of things that carry their version in their answer. */
export const etagOf = (thing: { etag: string }): string => thing.etag

/** Entity tags in a header; a proxy that compresses may have made them weak. */
const tagsIn = (header: string): string[] => header.split(',').map((tag) => tag.trim().replace(/^W\//, '').replace(/^"(.*)"$/, '$1'))

export const isUnchanged = (ifNoneMatch: string | undefined, tag: string): boolean => {
  const tags = ifNoneMatch === undefined ? [] : tagsIn(ifNoneMatch)
  return tags.includes('*') || tags.includes(tag.slice(1, -1))
}

/** What a caller demands of the present state before it is changed; `ifMatch` null: nothing, though the route asks for it. */
export interface Precondition { ifMatch: string | null }

/** To be called under the row's lock, so that nobody comes between. */
export const requireVersion = (precondition: Precondition | undefined, version: string): void => {
  if (!precondition) return
  const etag = entityTag(version, null)
  if (precondition.ifMatch === null) {
    throw new DomainError('precondition_required', 'Send If-Match with the ETag of the state you changed, so that nobody\'s work is lost.', { headers: { etag } })
  }
  const tags = tagsIn(precondition.ifMatch).map((tag) => tag.split('.', 1)[0])
  if (!tags.includes('*') && !tags.includes(version)) {
    throw new DomainError('precondition_failed', 'It changed since you read it. Read it again, apply your change to what it is now, and send its ETag.', { headers: { etag } })
  }
}
