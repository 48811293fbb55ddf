import { CommandFailure, EXIT, UsageError } from './exit.ts'
import { settingsOf, type GlobalOptions, type Settings } from './config/settings.ts'
import { fetchTrusting } from './http.ts'
import { printerFor, type Printer } from './output/print.ts'
import { ApiError, createClient, dataOf, type Client } from './sdk/index.ts'
import { terminalOf, type Terminal } from './terminal.ts'

/** The command as it is installed. */
export interface Installation {
  io: NodeJS.Process
  /** The checkout: where the bundles and the default data folder are. */
  home: string
  version: string
  /** Ends with Ctrl-C. */
  signal: AbortSignal
}

/** What a command works with. */
export interface Context extends Installation {
  terminal: Terminal
  settings: Settings
  print: Printer
  /** Speaks for the signed-in person or service account, in the organization that was named. */
  api: () => Promise<Client>
  /** The same without an organization. */
  account: () => Client
  /** Speaks for nobody yet. */
  visitor: () => Client
  url: () => string
}

/** Those of the signed-in person. A service account is in one, and no list says which. */
export async function ownOrganizations(client: Client): Promise<{ id: string; slug: string; name: string }[]> {
  try {
    return (await dataOf(client.GET('/v1/organizations'))).data
  } catch (error) {
    if (error instanceof ApiError && error.code === 'session_required') throw new UsageError('a service account names its organization by id: --organization org_…')
    throw error
  }
}

/** Id of an organization that may be given by id, short name or name. */
async function organizationId(client: Client, given: string): Promise<string> {
  if (given.startsWith('org_')) return given
  const data = await ownOrganizations(client)
  const found = data.find(({ slug, name }) => slug === given || name === given)
  if (!found) throw new CommandFailure(EXIT.notFound, 'not_found', `You belong to no organization ${given}. See \`shellwego orgs list\`.`)
  return found.id
}

export function contextFor(installation: Installation, options: GlobalOptions): Context {
  const { io, home, version, signal } = installation
  const terminal = terminalOf(io, { color: options.color, input: options.input })
  const settings = settingsOf(options, io.env, home)
  const url = (): string => {
    if (settings.url === null) throw new UsageError('say which installation is meant: --url, SHELLWEGO_URL, or `shellwego auth login --url https://…`')
    return settings.url
  }
  const client = (token: string | null, organization: string | null): Client => createClient({
    baseUrl: url(), userAgent: `shellwego/${version}`, fetch: fetchTrusting(settings.ca), signal,
    ...(token ? { token } : {}), ...(organization ? { organizationId: organization } : {}),
  })
  const token = (): string => {
    const target = url()
    if (settings.token === null) throw new CommandFailure(EXIT.auth, 'unauthenticated', `Not signed in to ${target}. Use \`shellwego auth login\`, or set SHELLWEGO_TOKEN.`)
    return settings.token
  }
  const account = (): Client => client(token(), null)
  return {
    ...installation, terminal, settings, url, account, print: printerFor(terminal, settings.format), visitor: () => client(null, null),
    api: async () => settings.organization === null ? account() : client(token(), await organizationId(account(), settings.organization)),
  }
}
