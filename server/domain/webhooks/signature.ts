import { createHmac, randomBytes } from 'node:crypto'
import { seal, unseal } from '../../core/crypto.ts'
import { runtime } from '../../core/runtime.ts'

const PREFIX = 'whsec_'

export const newSecret = (): string => PREFIX + randomBytes(32).toString('base64')

interface Place { orgId: string; id: string }
const boundTo = ({ orgId, id }: Place): string => `webhook:${orgId}:${id}`

/** Text of an endpoint as it is stored: readable only for this endpoint of this organization. */
export const sealFor = (place: Place, plain: string): string => seal(runtime().env.masterKey, plain, boundTo(place))
export const openFor = (place: Place, sealed: string): string => unseal(runtime().env.masterKey, sealed, boundTo(place))

/** Standard Webhooks: over id, time of the attempt and body, under the bytes the secret stands for. */
const standardSignature = (secret: string, id: string, seconds: number, body: string): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64')).update(`${id}.${seconds}.${body}`).digest('base64')}`

/** The API reference's own: over the body alone, under the secret as text. */
const plainSignature = (secret: string, body: string): string => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

/** One signature per secret that counts now, the newest first. */
export const signatureHeaders = (secrets: readonly string[], id: string, seconds: number, body: string): Record<string, string> => ({
  'webhook-id': id, 'webhook-timestamp': String(seconds),
  'webhook-signature': secrets.map((secret) => standardSignature(secret, id, seconds, body)).join(' '),
  'x-shellwego-signature': secrets.map((secret) => plainSignature(secret, body)).join(','),
})
