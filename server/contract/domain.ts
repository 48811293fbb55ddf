import { z } from 'zod'
import { Etag } from './etag.ts'
import { Instant } from './time.ts'

export const MAX_DOMAINS = 500
export const MAX_DOMAIN_PATHS = 20
const MAX_HEADERS = 20

/** Any spelling a person may use; what it comes to is the server's to say. */
export const HostnameInput = z.string().trim().min(1, 'Enter a domain like shop.example.com.').max(253)

const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,80}$/
/** What the edge itself speaks with, or says to the app about the visitor: nobody may forge it. */
const OWN_HEADERS = new Set(['host', 'connection', 'upgrade', 'transfer-encoding', 'content-length', 'te', 'trailer', 'keep-alive', 'proxy-connection', 'alt-svc',
  'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'])
const HeaderName = z.string().regex(HEADER_NAME, 'Use letters, digits and -.').refine((name) => !OWN_HEADERS.has(name.toLowerCase()), 'The edge sets this header itself.')
/** Braces would be read as the edge's own placeholders. */
const HeaderValue = z.string().max(2_000).regex(/^[\x20-\x7e]*$/, 'Use printable ASCII on one line.').regex(/^[^{}]*$/, 'Braces are not allowed here.')
export const HeaderRules = z.strictObject({
  set: z.record(HeaderName, HeaderValue).refine((all) => Object.keys(all).length <= MAX_HEADERS, `At most ${MAX_HEADERS} headers.`).default({}),
  remove: z.array(HeaderName).max(MAX_HEADERS).default([]),
})
export type HeaderRules = z.infer<typeof HeaderRules>

export const PathPrefix = z.string().max(200).regex(/^(\/[A-Za-z0-9._~-]+)+$/, 'Enter a path like /api, without a slash at its end.')
  .refine((path) => !path.split('/').some((part) => part === '.' || part === '..'), 'Use no . or .. in it.').meta({ examples: ['/api'] })
export const DomainPath = z.strictObject({
  path: PathPrefix, app_id: z.string().max(60).describe('Id or name of an app of the organization'),
  strip_prefix: z.boolean().default(false).describe('The app sees the rest of the path only'),
})
export type DomainPath = z.infer<typeof DomainPath>

export const Redirect = z.strictObject({
  to: z.url({ protocol: /^https?$/, hostname: z.regexes.domain }).max(500).regex(/^[\x21-\x7e]*$/, 'Use printable ASCII.').regex(/^[^{}]*$/, 'Braces are not allowed here.').meta({ examples: ['https://www.example.com'] }),
  status: z.union([z.literal(301), z.literal(302), z.literal(307), z.literal(308)]).default(308),
  keep_path: z.boolean().default(true).describe('Add the path and query that were asked for'),
})
export type Redirect = z.infer<typeof Redirect>

export const DOMAIN_STATUSES = ['pending', 'active', 'failing', 'lost'] as const
export const TLS_STATUSES = ['waiting', 'automatic', 'active', 'expiring', 'expired', 'failed'] as const

const Certificate = z.object({
  source: z.enum(['upload', 'acme']), names: z.array(z.string()), issuer: z.string(), not_before: Instant, expires_at: Instant,
})

export const Domain = z.object({
  id: z.string(), hostname: z.string().describe('As DNS has it; `*.` covers every name one label below'),
  unicode: z.string().describe('The same for people to read'), app_id: z.string(), app_name: z.string(),
  status: z.enum(DOMAIN_STATUSES).describe('failing: the record of a proven domain is gone; lost: it was given up'),
  verified_at: Instant.nullable(),
  record: z.object({ type: z.literal('TXT'), name: z.string(), value: z.string() }).describe('What to put into the DNS, and to keep there'),
  check: z.object({
    at: Instant, answer: z.array(z.string()).describe('The TXT values the resolver gave'), fault: z.string().nullable().describe('Why that does not do'),
  }).nullable(),
  pointing: z.object({
    target: z.string().describe('Lead the name here by a CNAME record, or to its addresses'),
    here: z.boolean().nullable().describe('null: not known'), answer: z.array(z.string()).describe('Where the resolver says it leads'),
  }),
  challenge: z.object({ type: z.literal('CNAME'), name: z.string(), value: z.string() }).nullable()
    .describe('Of a wildcard: leads the proofs for its certificates to the platform; set once'),
  missing_since: Instant.nullable(), given_up_at: Instant.nullable().describe('When a failing domain stops being served'),
  tls_status: z.enum(TLS_STATUSES), certificate: Certificate.nullable(), certificate_fault: z.string().nullable(),
  redirect: Redirect.nullable(), paths: z.array(DomainPath), request_headers: HeaderRules, response_headers: HeaderRules,
  created_at: Instant, updated_at: Instant, etag: Etag,
})
export type Domain = z.infer<typeof Domain>

export const CreateDomain = z.strictObject({ hostname: HostnameInput, app_id: z.string().max(60).describe('Id or name of the app it leads to') })
export const UpdateDomain = z.strictObject({
  app_id: z.string().max(60), redirect: Redirect.nullable(), paths: z.array(DomainPath).max(MAX_DOMAIN_PATHS),
  request_headers: HeaderRules, response_headers: HeaderRules,
}).partial()

const PEM_LIMIT = 64 * 1024
export const UploadCertificate = z.strictObject({
  certificate: z.string().max(PEM_LIMIT).describe('PEM; may hold the chain as well'),
  private_key: z.string().max(PEM_LIMIT).describe('PEM, without a passphrase; never shown again'),
  chain: z.string().max(PEM_LIMIT).default('').describe('PEM of the intermediates, in order'),
})
