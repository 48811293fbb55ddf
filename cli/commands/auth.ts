import { askSecret } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { keepToken, readConfig, saveConfig, tokenOfContext, type Credential } from '../config/files.ts'
import type { Context } from '../context.ts'
import { CommandFailure, exitCodeOf, problemOf, UsageError } from '../exit.ts'
import { withExamples } from '../help.ts'
import { time } from '../output/values.ts'
import { createClient, type Client } from '../sdk/index.ts'
import { fetchTrusting } from '../http.ts'
import { deviceLogin, type Scope } from './device-login.ts'
import { holderOf } from './holder.ts'

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
    const who = await keep(context, { token: granted.token, url })
    await context.print.done(`Signed in to ${url} as ${who} until ${time(granted.expires_at)}.`, { url, context: context.settings.context, expires_at: granted.expires_at })
  }))
  leaving(cli, auth)
}

function leaving({ action }: Cli, auth: ReturnType<Cli['program']['command']>): void {
  withExamples(auth.command('logout').description('Revoke the kept token and forget it.').option('--keep-token', 'forget it only: it is used elsewhere'), 'shellwego auth logout')
    .action(action(async (context, options: { keepToken?: boolean }) => {
      const { io, settings, print } = context
      const credential = tokenOfContext(io.env, settings.context)
      if (!credential) return print.done('Not signed in.', { signed_out: false })
      if (!options.keepToken) await revoke(context, credential)
      keepToken(io.env, settings.context, null)
      const revoked = !options.keepToken
      await print.done(revoked ? 'Signed out; the token is revoked.' : 'Signed out; the token still works.', { signed_out: true, revoked })
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

/** Ends the token by itself; one that is gone already counts too. */
async function revoke({ settings, signal }: Context, { url, token }: Credential): Promise<void> {
  const client = createClient({ baseUrl: url, signal, fetch: fetchTrusting(settings.ca) })
  try {
    await client.POST('/v1/auth/revoke', { body: { token } })
  } catch (error) {
    const how = `try again, or forget it with \`shellwego config remove ${settings.context}\``
    throw new CommandFailure(exitCodeOf(error), problemOf(error).code, `The token is kept, because it could not be revoked: ${problemOf(error).detail} Then ${how}.`)
  }
}
