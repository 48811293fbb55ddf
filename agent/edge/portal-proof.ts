import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { PortalTls } from '../config.ts'
import type { PortalProof } from '../drivers/route/caddy/config.ts'

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** What the edge needs to know the portal by; throws where the file of its authority cannot be read. */
export function portalProof(tls: PortalTls | null): PortalProof | null {
  if (tls === null) return null
  const pems = tls.rootFile === null ? null : readFileSync(tls.rootFile, 'utf8').match(CERTIFICATE) ?? []
  return { name: tls.name, roots: pems?.map((pem) => new X509Certificate(pem).raw.toString('base64')) ?? null }
}
