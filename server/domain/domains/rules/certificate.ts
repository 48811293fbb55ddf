import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import type { FieldProblem } from '../../../contract/problem.ts'

export interface Given { certificate: string; private_key: string; chain: string }
export interface Pair { chain: string; key: string; names: string[]; issuer: string; from: Date; until: Date }

const BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g
const MAX_CHAIN = 10
/** Clocks differ. */
const AHEAD_MS = 5 * 60_000
const fault = (field: keyof Given, code: string, message: string): FieldProblem => ({ pointer: `/${field}`, code, message })

const blocksOf = (pem: string): string[] => pem.match(BLOCK) ?? []

const parse = (blocks: readonly string[]): X509Certificate[] | null => {
  try {
    return blocks.map((block) => new X509Certificate(block))
  } catch {
    return null
  }
}

/** All that browsers would refuse it for, told before any visitor sees it. */
export const checkCertificate = (given: Given, hostname: string, now: Date): Pair | { faults: FieldProblem[] } => {
  const blocks = [...blocksOf(given.certificate), ...blocksOf(given.chain)]
  const parsed = parse(blocks)
  const [leaf, ...rest] = parsed ?? []
  if (!leaf || blocks.length > MAX_CHAIN || blocksOf(given.certificate).length === 0) {
    return { faults: [fault('certificate', 'unreadable', 'Paste the certificate as PEM: from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.')] }
  }
  const key = readKey(given.private_key)
  const faults = ['pointer' in key ? key : keyFault(leaf, key), hostFault(leaf, hostname), dateFault(leaf, now), chainFault([leaf, ...rest])]
    .filter((found) => found !== null)
  if (faults.length > 0) return { faults }
  return {
    chain: `${blocks.map((block) => block.replace(/\r/g, '')).join('\n')}\n`, key: (key as KeyObject).export({ type: 'pkcs8', format: 'pem' }).toString(),
    names: namesOf(leaf), issuer: issuerOf(leaf), from: leaf.validFromDate, until: leaf.validToDate,
  }
}

const readKey = (pem: string): KeyObject | FieldProblem => {
  if (/ENCRYPTED/.test(pem)) return fault('private_key', 'encrypted', 'The private key has a passphrase. Take it off first, e.g. with `openssl pkey`.')
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'ec' || (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2_048)) return key
    return fault('private_key', 'weak', 'Browsers want an EC key, or RSA of 2,048 bits or more.')
  } catch {
    return fault('private_key', 'unreadable', 'Paste the private key as PEM: from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----.')
  }
}

const keyFault = (leaf: X509Certificate, key: KeyObject): FieldProblem | null =>
  (leaf.checkPrivateKey(key) ? null : fault('private_key', 'mismatch', 'This key does not belong to the certificate.'))

const namesOf = (leaf: X509Certificate): string[] =>
  (leaf.subjectAltName ?? '').split(', ').filter((name) => name.startsWith('DNS:')).map((name) => name.slice(4).toLowerCase())

/** Only the alternative names count: browsers read no others. A wildcard must be in it as such. */
const hostFault = (leaf: X509Certificate, hostname: string): FieldProblem | null => {
  const names = namesOf(leaf)
  const fits = names.includes(hostname) || (!hostname.startsWith('*.') && names.includes(`*${hostname.slice(hostname.indexOf('.'))}`))
  return fits ? null : fault('certificate', 'wrong_host', `It is for ${names.slice(0, 5).join(', ') || 'no name at all'}, not for ${hostname}.`)
}

const dateFault = (leaf: X509Certificate, now: Date): FieldProblem | null => {
  if (leaf.validToDate <= now) return fault('certificate', 'expired', `It expired on ${leaf.validToDate.toISOString().slice(0, 10)}.`)
  if (leaf.validFromDate.getTime() > now.getTime() + AHEAD_MS) return fault('certificate', 'not_yet_valid', `It is valid from ${leaf.validFromDate.toISOString().slice(0, 10)} on.`)
  return null
}

const chainFault = (chain: readonly X509Certificate[]): FieldProblem | null => {
  const broken = chain.findIndex((one, at) => {
    const issuer = chain[at + 1]
    return issuer !== undefined && !(one.checkIssued(issuer) && one.verify(issuer.publicKey))
  })
  if (broken < 0) return null
  return fault('chain', 'broken', `Certificate ${broken + 1} of the chain was not issued by the one after it. Put them in order, from yours upwards.`)
}

const issuerOf = (leaf: X509Certificate): string => {
  const fields = new Map(leaf.issuer.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
  return (fields.get('O') ?? fields.get('CN') ?? leaf.issuer).slice(0, 200)
}
