import { PROBLEMS, Problem, type ProblemCode } from '../../contract/problem.ts'
import { schemaOf } from './openapi-schema.ts'

const text = { type: 'string' } as const
const header = (description: string, example: string) => ({ description, schema: text, example })

/** Headers of answers. */
export const HEADERS = {
  'X-Request-Id': header('Names this request in our log; yours if you sent a well-formed one', 'req_01k3m8q2rt6vxyzabcdefg1'),
  'X-RateLimit-Limit': header('Requests a minute', '1000'),
  'X-RateLimit-Remaining': header('Left of this minute', '999'),
  'X-RateLimit-Reset': header('When the minute is over, in seconds since 1970', '1795262460'),
  'RateLimit-Policy': header('The limits that hold, as structured field', '"sustained";q=1000;w=60, "burst";q=50;w=3'),
  RateLimit: header('What is left of each, as structured field', '"sustained";r=999;t=60, "burst";r=49;t=0'),
  'Retry-After': header('Seconds to wait', '1'),
  ETag: header('Names this state; send it as If-None-Match to read again, or as If-Match to change it', '"4.9f86d081884c7d659a2f"'),
  Link: header('The next page, `rel="next"`; for deprecated routes their successor', '</v1/apps?cursor=WyI2ZjFiIl0.3q2rt6vxyzabcdefg1hjkm>; rel="next"'),
  'Idempotent-Replayed': header('`true`: this answer was given before, under the same Idempotency-Key', 'true'),
  Deprecation: header('Since when this route should not be used', '@1798675200'),
  Sunset: header('When it goes', 'Thu, 31 Dec 2026 00:00:00 GMT'),
  Allow: header('Methods of this route', 'GET, POST, HEAD, OPTIONS'),
} as const
export type HeaderName = keyof typeof HEADERS
export const headersOf = (names: readonly HeaderName[]) => Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
export const COMMON: readonly HeaderName[] = ['X-Request-Id', 'X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset', 'RateLimit-Policy', 'RateLimit']

const parameter = (name: string, description: string, example: string, required = false) => ({ name, in: 'header', required, description, schema: text, example })

/** Headers of requests. */
export const PARAMETERS = {
  Organization: parameter('ShellWeGo-Organization', 'Which organization is meant, for those who belong to several and do not send organization_id', 'org_01k3m8q2rt6vxyzabcdefg1'),
  IdempotencyKey: parameter('Idempotency-Key', '1 to 255 visible ASCII characters. The same key and body give the first answer again for two days', '5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11'),
  RequiredIdempotencyKey: parameter('Idempotency-Key', '1 to 255 visible ASCII characters. Needed here, because money moves', '5f0c1b9e-3f4e-4a55-9d53-1f8f1c3a7c11', true),
  IfMatch: parameter('If-Match', 'ETag of the state you change. 428 without it, 412 when it changed meanwhile', '"4.9f86d081884c7d659a2f"', true),
  IfNoneMatch: parameter('If-None-Match', 'ETag of what you have: 304 when it is still that', '"4.9f86d081884c7d659a2f"'),
  RequestId: parameter('X-Request-Id', 'Your own id of this request, 8 to 64 of A-Z a-z 0-9 . _ -', 'my-trace.0123'),
} as const
export type ParameterName = keyof typeof PARAMETERS
export const parametersOf = (names: readonly ParameterName[]) => names.map((name) => ({ $ref: `#/components/parameters/${name}` }))

const codesOf = (status: number): ProblemCode[] => (Object.keys(PROBLEMS) as ProblemCode[]).filter((code) => PROBLEMS[code][0] === status)
const STATUSES = [...new Set(Object.values(PROBLEMS).map(([status]) => status))].sort((a, b) => a - b)

const EXTRA: Record<number, HeaderName[]> = { 405: ['Allow'], 409: ['Retry-After'], 412: ['ETag'], 428: ['ETag'], 429: ['Retry-After'] }

const problemExample = (code: ProblemCode) => ({
  type: `/docs/problems/${code}`, title: PROBLEMS[code][1], status: PROBLEMS[code][0], detail: PROBLEMS[code][1], instance: '/v1/apps', code, request_id: 'req_01k3m8q2rt6vxyzabcdefg1',
})

/** One answer per status a refusal may have; its codes are examples. */
export const PROBLEM_RESPONSES = Object.fromEntries(STATUSES.map((status) => [`Problem${status}`, {
  description: codesOf(status).map((code) => `\`${code}\`: ${PROBLEMS[code][1]}`).join('; '),
  headers: headersOf(['X-Request-Id', ...(EXTRA[status] ?? [])]),
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, examples: Object.fromEntries(codesOf(status).map((code) => [code, { value: problemExample(code) }])) } },
}]))

export const SCHEMAS = {
  Problem: schemaOf(Problem, 'output'),
  ProblemCode: { type: 'string', enum: Object.keys(PROBLEMS) },
}

/** Groups of routes in the order they are read. */
export const TAGS: Record<string, string> = {
  Accounts: 'People: signing up and in, tokens for credentials, sessions, the own profile, second factors and passkeys.',
  Tokens: 'Personal access tokens and what they may do.',
  Organizations: 'What everything belongs to: settings, quotas, deletion.',
  Members: 'People of an organization and invitations to it.',
  Roles: 'Custom roles made of permissions, and grants on single apps.',
  'Service accounts': 'Machines that work in an organization by tokens.',
  Domains: 'Domains of customers: the record that proves them, where they lead, redirects, headers, paths and certificates.',
  'Single sign-on': 'Sign-in through the organization\'s own identity provider.',
  Apps: 'What runs: an image, its settings, its instances.',
  Deployments: 'How a change of an app went.',
  Backups: 'Copies of volumes in buckets outside, and proof that they can be restored.',
  Networks: 'The private network of an organization; where apps may go beyond it, and how fast.',
  Volumes: 'Disks that outlive instances, with snapshots that can be gone back to.',
  Secrets: 'Values that are delivered to apps and never returned.',
  'Logs and metrics': 'What apps print and use.',
  Marketplace: 'Ready-made apps and their installs.',
  Events: 'What happened, as a list and as a stream.',
  Audit: 'Who did what, in a chain nobody can change unseen.',
  'Log drains': 'Log lines sent on to Loki or to an address that takes JSON lines.',
  Webhooks: 'Events sent to an address of yours.',
  Usage: 'What was used: events you send, and what everything measured comes to.',
  Billing: 'Usage, invoices and payments.',
  Dunning: 'For the operator: what happens to customers who do not pay, and what they owe.',
  'Payment methods': 'Stored cards and accounts, and what is paid with them without anybody asking.',
  Prices: 'Price lists.',
  Reconciliation: 'As the operator: bank statements, what is matched with them, payouts, and the work list of what people must decide about money.',
  Credits: 'Prepaid and promotional credit: balance, movements, buying it, giving it. Invoices use it before they ask for money.',
  Coupons: 'Codes that take something off invoices: redeeming them, and for the operator making and archiving them.',
  Ledger: 'The seller\'s books: trial balance, account pages, the invariants and their watch, rebuilding balances.',
  Reports: 'Revenue by month and plan, recurring revenue and why it moved, tax by rate and country.',
  Subscription: 'The plan of an organization: change, pause, cancel, each with its exact figures beforehand.',
  Taxes: 'Rates by country, region, product and date, and who is taxed how; for operators.',
  Catalogue: 'What is sold: meters, plans and versions of their prices by market; for operators.',
  Brands: 'Resellers: clouds under their own name.',
  Nodes: 'Machines that run instances; for the operator.',
  Staff: 'For the operator of the installation.',
  Operator: 'Keys and other things of the installation itself; for the operator.',
  Sandbox: 'Test clock, test mail and fake payments; only in sandbox mode.',
}
