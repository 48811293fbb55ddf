import { createHash } from 'node:crypto'
import { baseOf } from './hostname.ts'

/** Where the proofs of one domain stand in the platform's zone: told by its id, so that nobody else's fit. */
export const challengeLabel = (domainId: string): string => `c-${createHash('sha256').update(domainId).digest('hex').slice(0, 32)}`

/** The CNAME a customer sets once, so that certificates of a wildcard can be renewed for ever. */
export const challengeRecord = (domain: { id: string; hostname: string }, zone: string): { type: 'CNAME'; name: string; value: string } =>
  ({ type: 'CNAME', name: `_acme-challenge.${baseOf(domain.hostname)}`, value: `${challengeLabel(domain.id)}.${zone}` })
