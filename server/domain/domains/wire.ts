import { HeaderRules, Redirect, type Domain } from '../../contract/domain.ts'
import { toInstant, toInstantOrNull } from '../../contract/time.ts'
import { proofName, proofValue } from '../../core/dns.ts'
import { runtime } from '../../core/runtime.ts'
import type { DomainRow } from './load-domain.ts'
import { currentIssuing } from './ports.ts'
import { challengeRecord } from './rules/challenge.ts'
import { baseOf, unicodeOf } from './rules/hostname.ts'
import { givenUpAt } from './rules/proof.ts'
import { SOON_MS } from './watch-certificates.ts'


const statusOf = (row: DomainRow): Domain['status'] => {
  if (row.verifiedAt) return row.missingSince ? 'failing' : 'active'
  return row.lostAt ? 'lost' : 'pending'
}

const tlsStatusOf = (row: DomainRow, now: Date): Domain['tls_status'] => {
  if (row.certificateUntil) {
    const left = row.certificateUntil.getTime() - now.getTime()
    if (left <= 0) return 'expired'
    return left < SOON_MS ? 'expiring' : 'active'
  }
  if (!row.verifiedAt) return 'waiting'
  return faultOf(row) ? 'failed' : 'automatic'
}

const challengeOf = (row: DomainRow): Domain['challenge'] => {
  const issuing = currentIssuing()
  return issuing && row.hostname.startsWith('*.') && row.certificateSource !== 'upload' ? challengeRecord(row, issuing.zone.name) : null
}

/** Public authorities sign wildcards for a proof by DNS only, so edges cannot get them by themselves; our own authority in a sandbox can. */
const faultOf = (row: DomainRow): string | null => {
  const beyond = row.hostname.startsWith('*.') && row.certificateChain === null && runtime().env.SHELLWEGO_MODE === 'production' && !currentIssuing()
  return beyond ? 'Certificates for wildcards are not made here. Upload one of your own.' : row.certificateFault
}

/** The name of the platform's own under which the app is served: where customers lead theirs. */
export const targetOf = ({ app }: Pick<DomainRow, 'app'>): string => {
  const { SHELLWEGO_APPS_DOMAIN: appsDomain } = runtime().env
  return app.hostnames.find(({ hostname }) => hostname.endsWith(`.${appsDomain}`))?.hostname ?? appsDomain
}

export const domainVersion = (domain: { etag: string }): string => domain.etag

/** Certificates live in real time, as those who check them do. */
export const toDomain = (row: DomainRow): Domain => ({
  id: row.id, hostname: row.hostname, unicode: unicodeOf(row.hostname), app_id: row.appId, app_name: row.app.name, status: statusOf(row),
  verified_at: toInstantOrNull(row.verifiedAt),
  record: { type: 'TXT', name: proofName(baseOf(row.hostname)), value: proofValue(row.token) },
  check: row.checkedAt && { at: toInstant(row.checkedAt), answer: row.answer, fault: row.fault },
  pointing: { target: targetOf(row), here: row.pointsHere, answer: row.pointsTo },
  challenge: challengeOf(row),
  missing_since: toInstantOrNull(row.missingSince), given_up_at: row.verifiedAt && row.missingSince ? toInstant(givenUpAt(row.missingSince)) : null,
  tls_status: tlsStatusOf(row, new Date()), certificate: certificateOf(row), certificate_fault: faultOf(row),
  redirect: row.redirect === null ? null : Redirect.parse(row.redirect),
  paths: row.paths.map(({ path, appId, stripPrefix }) => ({ path, app_id: appId, strip_prefix: stripPrefix })),
  request_headers: HeaderRules.parse(row.requestHeaders), response_headers: HeaderRules.parse(row.responseHeaders),
  created_at: toInstant(row.createdAt), updated_at: toInstant(row.updatedAt), etag: String(row.version),
})

const certificateOf = (row: DomainRow): Domain['certificate'] => {
  const { certificateSource: source, certificateFrom: from, certificateUntil: until } = row
  if (!source || !from || !until) return null
  return {
    source: source === 'acme' ? 'acme' : 'upload', names: row.certificateNames, issuer: row.certificateIssuer ?? '', not_before: toInstant(from), expires_at: toInstant(until),
  }
}
