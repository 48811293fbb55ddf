import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { Option } from 'commander'
import type { Cli } from '../cli.ts'
import type { Context } from '../context.ts'
import { UsageError } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Client } from '../sdk/index.ts'
import { parsePair } from './env-file.ts'

interface ApiOptions { method?: string; field: string[]; query: string[]; header: string[]; file?: string; include?: boolean }
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type RawCall = (path: string, init: object) => Promise<{ data?: unknown; response: Response }>

const collect = (value: string, before: string[]): string[] => [...before, value]

/** `a.b=1` is `{a: {b: 1}}`; what reads as JSON is JSON, the rest is text. */
function bodyOf(fields: readonly string[]): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const field of fields) {
    const at = field.indexOf('=')
    if (at <= 0) throw new UsageError(`--field takes name=value, not ${field}`)
    const keys = field.slice(0, at).split('.')
    let target = body
    for (const key of keys.slice(0, -1)) target = (target[key] ??= {}) as Record<string, unknown>
    target[keys.at(-1) ?? ''] = jsonOr(field.slice(at + 1))
  }
  return body
}

function jsonOr(written: string): unknown {
  try { return JSON.parse(written) as unknown } catch { return written }
}

async function givenBody({ terminal }: Context, options: ApiOptions): Promise<unknown> {
  if (options.file === undefined) return options.field.length > 0 ? bodyOf(options.field) : undefined
  const content = options.file === '-' ? await text(terminal.stdin) : readFileSync(options.file, 'utf8')
  try { return JSON.parse(content) as unknown } catch { throw new UsageError(`${options.file} is not valid JSON`) }
}

function headersOf(headers: readonly string[]): Record<string, string> {
  return Object.fromEntries(headers.map((header) => {
    const match = /^([\w-]+):\s*(.*)$/.exec(header)
    if (!match?.[1]) throw new UsageError(`--header takes Name: value, not ${header}`)
    return [match[1].toLowerCase(), match[2] ?? '']
  }))
}

const caller = (client: Client, method: Method): RawCall => client[method] as unknown as RawCall

export function apiCommand({ program, action }: Cli): void {
  withExamples(
    program.command('api').description('Call a route of the REST API as it is.').argument('<path>', 'like /v1/apps')
      .addOption(new Option('-X, --method <method>', 'GET, or POST where fields are given').choices(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']))
      .option('-F, --field <name=value>', 'a field of the body; repeat for more', collect, []).option('-q, --query <name=value>', 'a query parameter', collect, [])
      .option('-H, --header <header>', 'a header', collect, []).option('--file <file>', 'the body; - is stdin').option('-i, --include', 'show status and headers on stderr'),
    'shellwego api /v1/apps -q limit=5', 'shellwego api /v1/apps/app_0hz4…/scale -F replicas=3',
  ).action(action(async (context, options: ApiOptions, given: string) => {
    if (!/^\/?v1\//.test(given)) throw new UsageError('the path begins with /v1/')
    const body = await givenBody(context, options)
    const method = (options.method ?? (body === undefined ? 'GET' : 'POST')) as Method
    const [path = '', search = ''] = given.replace(/^\/?/, '/').split('?')
    const query = { ...Object.fromEntries(new URLSearchParams(search)), ...Object.fromEntries(options.query.map((pair) => splitQuery(pair))) }
    const call = caller(await context.api(), method)
    const { response } = await call(path, { params: { query }, headers: headersOf(options.header), parseAs: 'stream', ...(body === undefined ? {} : { body }) })
    if (options.include) context.print.note([`HTTP ${response.status}`, ...[...response.headers].map(([name, value]) => `${name}: ${value}`)].join('\n'))
    const answer = await response.text()
    if (answer === '') return
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    await (isJson ? context.print.data(JSON.parse(answer)) : context.print.raw(answer))
  }))
}

function splitQuery(pair: string): [string, string] {
  const at = pair.indexOf('=')
  if (at <= 0) return parsePair(pair, '--query')
  return [pair.slice(0, at), pair.slice(at + 1)]
}
