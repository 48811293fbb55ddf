import { askSecret } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { keepToken, readConfig, saveConfig, tokenOfContext, type Credential } from '../config/files.ts'
import type { Context } from '../context.ts'
import { CommandFailure, EXIT, UsageError } from '../exit.ts'
import { withExamples } from '../help.ts'
import { time } from '../output/values.ts'
import { ApiError, createClient, dataOf, type Client } from '../sdk/index.ts'
import { fetchTrusting } from '../http.ts'
import { deviceLogin, type Scope } from './device-login.ts'

/** Who holds a token. A service account is nobody's account, and has none to show. */
async function holderOf(client: Client): Promise<{ kind: 'user'; email: string; organizations: { slug: string }[] } | { kind: 'service_account' }> {
  try {
    const { user, organizations } = await dataOf(client.GET('/v1/users/me'))
    return { kind: 'user', email: user.email, organizations }
  } catch (error) {
    if (error instanceof ApiError && error.code === 'session_required') return { kind: 'service_account' }
    throw error
  }
}

const clientOf = ({ settings, signal, url }: Context, token: string): Client =>
  createClient({ baseUrl: url(), token, signal, fetch: fetchTrusting(settings.ca) })

/** Keeps the token and where it is good. */
async function keep(context: Context, credential: Credential): Promise<string> {
  const { io, settings } = context
  const holder = await holderOf(clientOf(context, credential.token))
  const config = readConfig(io.env)
  const before = config.contexts[settings.context] ?? {}
  const place = { url: credential.url, ...(settings.caFile ? { ca_file: settings.caFile } : {}) }
  const sameConsole = before.url === credential.url
  saveConfig(io.env, { current: settings.context, contexts: { ...config.contexts, [settings.context]: { ...(sameConsole ? before : {}), ...place } } })
  keepToken(io.env, settings.context, credential)
  if (holder.kind === 'user' && holder.organizations.length > 1 && !settings.organization) {
    context.print.note(`You belong to ${holder.organizations.map(({ slug }) => slug).join(', ')}: choose one with \`shellwego config set organization <name>\`.`)
  }
  return holder.kind === 'user' ? holder.email : 'a service account'
}

const collect = (value: string, before: string[]): string[] => [...before, value]

export function authCommands(cli: Cli): void {
  const auth = cli.program.command('auth').description('Sign in and out.')

  withExamples(
    auth.command('login').description('Sign in: in the browser, or with a token from stdin. The token is kept in a file only you can read.')
      .option('--with-token', 'read a token from stdin').option('--scope <permission>', 'ask for this permission only; repeat for more', collect, []),
    'shellwego auth login --url https://console.example.com', 'shellwego auth login --with-token < token.txt',
  ).action(cli.action(async (context, options: { withToken?: boolean; scope: string[] }) => {
    const url = context.url()
    if (context.io.env.SHELLWEGO_TOKEN) throw new UsageError('SHELLWEGO_TOKEN is set and would win over what is kept: unset it first')
    if (options.withToken) {
      const token = (await askSecret(context.terminal, 'Token')).trim()
      if (token === '') throw new UsageError('no token came from stdin')
      return context.print.done(`Signed in to ${url} as ${await keep(context, { token, url })}.`, { url, context: context.settings.context })
    }
    const granted = await deviceLogin(context, options.scope as Scope[])
    const who = await keep(context, { token: granted.token, url, id: granted.id })
    await context.print.done(`Signed in to ${url} as ${who} until ${time(granted.expires_at)}.`, { url, context: context.settings.context, expires_at: granted.expires_at })
  }))
  leaving(cli, auth)
}

function leaving({ action }: Cli, auth: ReturnType<Cli['program']['command']>): void {
  withExamples(auth.command('logout').description('Forget the kept token, and revoke it where it was made by `auth login`.'), 'shellwego auth logout')
    .action(action(async (context) => {
      const { io, settings, print } = context
      const credential = tokenOfContext(io.env, settings.context)
      if (!credential) return print.done('Not signed in.', { signed_out: false })
      const revoked = credential.id !== undefined && await revoke(context, credential, credential.id)
      keepToken(io.env, settings.context, null)
      await print.done(revoked ? 'Signed out; the token is revoked.' : 'Signed out. The token was forgotten here; revoke it in the console if nobody else uses it.', { signed_out: true, revoked })
    }))

  withExamples(auth.command('status').description('Show where you are signed in, and as whom. Fails when nowhere.'), 'shellwego auth status', 'shellwego auth status --json')
    .action(action(async (context) => {
      const { settings, print, account, url } = context
      const holder = await holderOf(account())
      const status = {
        url: url(), context: settings.context, holder: holder.kind, email: holder.kind === 'user' ? holder.email : null,
        token_from: settings.tokenFrom, organization: settings.organization,
      }
      await print.item(status, [
        { title: 'Console', value: () => status.url }, { title: 'Context', value: () => status.context },
        { title: 'Signed in', value: () => status.email ?? 'a service account' }, { title: 'Token', value: () => status.token_from === 'environment' ? 'from SHELLWEGO_TOKEN' : 'kept' },
        { title: 'Organization', value: () => status.organization },
      ])
    }))
}

/** True when the token no longer works; a token that is gone already counts too. */
async function revoke(context: Context, credential: Credential, id: string): Promise<boolean> {
  const client = createClient({ baseUrl: credential.url, token: credential.token, signal: context.signal, fetch: fetchTrusting(context.settings.ca) })
  try {
    await client.DELETE('/v1/tokens/{token_id}', { params: { path: { token_id: id } } })
    return true
  } catch (error) {
    if (error instanceof ApiError) return error.status === 401 || error.status === 404
    throw new CommandFailure(EXIT.failed, 'no_answer', `${(error as Error).message}. The token is kept: try again, or remove it with \`shellwego config remove ${context.settings.context}\`.`)
  }
}
