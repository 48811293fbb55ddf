import { sealKey } from '../routes/index.ts'
import type { Pair } from './rules/certificate.ts'

export const NO_CERTIFICATE = {
  certificateSource: null, certificateChain: null, certificateKey: null, certificateNames: [], certificateIssuer: null, certificateFrom: null,
  certificateUntil: null, certificateNotice: null, certificateFault: null,
}

export const certificateColumns = (domainId: string, source: 'upload' | 'acme', { chain, key, names, issuer, from, until }: Pair) => ({
  certificateSource: source, certificateChain: chain, certificateKey: sealKey(domainId, key), certificateNames: names, certificateIssuer: issuer,
  certificateFrom: from, certificateUntil: until, certificateNotice: null, certificateFault: null,
})
