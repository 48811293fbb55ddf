import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { FakeRequest } from './fake-server.ts'

export interface Credentials { accessKeyId: string; secretAccessKey: string; sessionToken?: string }

const hash = (data: string): string => createHash('sha256').update(data).digest('hex')
const mac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest()
const AUTHORIZATION = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request,\s*SignedHeaders=([a-z0-9;-]+),\s*Signature=([0-9a-f]{64})$/
const SKEW_MS = 5 * 60_000

const timeOf = (amzDate: string): number =>
  Date.parse(amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))

const canonicalRequest = ({ method, path, headers, body }: FakeRequest, signed: string[]): string => {
  const [pathname = '/', search = ''] = path.split('?')
  const query = [...new URLSearchParams(search)].map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(v)}`).sort().join('&')
  const lines = signed.map((name) => `${name}:${String(headers[name] ?? '').trim().replaceAll(/\s+/g, ' ')}\n`).join('')
  return [method, pathname, query, lines, signed.join(';'), hash(body)].join('\n')
}

/** Null when the signature is right; else the name of AWS's own refusal. Written from the published algorithm, apart from any client. */
export const verifySigV4 = (request: FakeRequest, credentials: Credentials, place: { region: string; service: string }): string | null => {
  const found = AUTHORIZATION.exec(String(request.headers.authorization ?? ''))
  if (!found) return 'MissingAuthenticationTokenException'
  const [, keyId = '', day = '', region = '', service = '', headerList = '', signature = ''] = found
  const amzDate = String(request.headers['x-amz-date'] ?? '')
  if (keyId !== credentials.accessKeyId) return 'UnrecognizedClientException'
  if (credentials.sessionToken && request.headers['x-amz-security-token'] !== credentials.sessionToken) return 'UnrecognizedClientException'
  if (region !== place.region || service !== place.service || !amzDate.startsWith(day)) return 'InvalidSignatureException'
  if (!(Math.abs(Date.now() - timeOf(amzDate)) < SKEW_MS)) return 'InvalidSignatureException'
  const signed = headerList.split(';')
  if (!['host', 'x-amz-date', 'x-amz-target'].every((name) => signed.includes(name))) return 'InvalidSignatureException'
  const text = ['AWS4-HMAC-SHA256', amzDate, `${day}/${region}/${service}/aws4_request`, hash(canonicalRequest(request, signed))].join('\n')
  const key = [day, region, service, 'aws4_request'].reduce<Buffer | string>((k, part) => mac(k, part), `AWS4${credentials.secretAccessKey}`)
  return timingSafeEqual(mac(key, text), Buffer.from(signature, 'hex')) ? null : 'InvalidSignatureException'
}
