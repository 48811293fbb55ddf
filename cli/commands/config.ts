import { Argument } from 'commander'
import { confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { CONTEXT_KEYS, configFolder, keepToken, readConfig, saveConfig, type ConfigFile, type ContextKey } from '../config/files.ts'
import { checkedUrl, FORMATS } from '../config/settings.ts'
import type { Context } from '../context.ts'
import { CommandFailure, EXIT, UsageError } from '../exit.ts'
import { withExamples } from '../help.ts'

const keyArgument = (): Argument => new Argument('<key>', 'what').choices([...CONTEXT_KEYS])

function checkedValue(key: ContextKey, value: string): string {
  if (key === 'url') return checkedUrl(value)
  if (key === 'output' && !FORMATS.some((format) => format === value)) throw new UsageError(`${value} is no output format: use ${FORMATS.join(', ')}`)
  return value
}

/** Changes the settings of the context in use. */
function changed(config: ConfigFile, name: string, key: ContextKey, value: string | null): ConfigFile {
  const { [key]: _old, ...others } = config.contexts[name] ?? {}
  return { ...config, contexts: { ...config.contexts, [name]: value === null ? others : { ...others, [key]: value } } }
}

export function configCommands({ program, action }: Cli): void {
  const config = program.command('config').description('What is kept for later calls.')
  const envOf = ({ io }: Context): NodeJS.ProcessEnv => io.env

  withExamples(config.command('list').description('Show the kept settings of the context in use.'), 'shellwego config list')
    .action(action(async (context) => {
      const { settings, print } = context
      const kept = readConfig(envOf(context)).contexts[settings.context] ?? {}
      const rows = CONTEXT_KEYS.map((key) => ({ key, value: kept[key] ?? null }))
      await (print.format === 'json' || print.format === 'yaml' ? print.data(kept)
        : print.list(rows, [{ title: 'Key', value: (row) => row.key }, { title: 'Value', value: (row) => row.value }], ''))
    }))

  withExamples(config.command('get').description('Show one kept setting.').addArgument(keyArgument()), 'shellwego config get organization')
    .action(action(async (context, _options: object, key: ContextKey) => {
      const value = readConfig(envOf(context)).contexts[context.settings.context]?.[key]
      if (value === undefined) throw new CommandFailure(EXIT.notFound, 'not_set', `${key} is not set.`)
      await (context.print.format === 'json' ? context.print.data(value) : context.print.raw(`${value}\n`))
    }))

  withExamples(config.command('set').description('Keep a setting.').addArgument(keyArgument()).argument('<value>'), 'shellwego config set organization acme', 'shellwego config set output json')
    .action(action(async (context, _options: object, key: ContextKey, value: string) => {
      const { settings, print } = context
      saveConfig(envOf(context), changed(readConfig(envOf(context)), settings.context, key, checkedValue(key, value)))
      await print.done(`${key} is ${value} in context ${settings.context}.`, { [key]: value })
    }))

  withExamples(config.command('unset').description('Forget a setting.').addArgument(keyArgument()), 'shellwego config unset organization')
    .action(action(async (context, _options: object, key: ContextKey) => {
      saveConfig(envOf(context), changed(readConfig(envOf(context)), context.settings.context, key, null))
      await context.print.done(`${key} is no longer set.`, { [key]: null })
    }))
  contextCommands(config, action)
}

function contextCommands(config: ReturnType<Cli['program']['command']>, action: Cli['action']): void {
  withExamples(config.command('contexts').description('List the kept contexts: one for each installation you use.'), 'shellwego config contexts')
    .action(action(async ({ io, settings, print }) => {
      const { contexts } = readConfig(io.env)
      const rows = Object.entries(contexts)
        .map(([name, { url, organization }]) => ({ name, current: name === settings.context, url: url ?? null, organization: organization ?? null }))
      await print.list(rows, [
        { title: 'Name', value: (row) => row.name }, { title: 'In use', value: (row) => row.current },
        { title: 'Console', value: (row) => row.url }, { title: 'Organization', value: (row) => row.organization },
      ], `Nothing is kept in ${configFolder(io.env)} yet.`)
    }))

  withExamples(config.command('use').description('Use another context from now on.').argument('<context>'), 'shellwego config use staging')
    .action(action(async ({ io, print }, _options: object, name: string) => {
      const kept = readConfig(io.env)
      if (!kept.contexts[name]) throw new CommandFailure(EXIT.notFound, 'not_found', `There is no context ${name}. See \`shellwego config contexts\`.`)
      saveConfig(io.env, { ...kept, current: name })
      await print.done(`Using ${name}.`, { current: name })
    }))

  withExamples(config.command('remove').description('Forget a context with its token; revoke the token in the console or with `shellwego auth logout`.').argument('<context>').option('-y, --yes', 'do not ask'),
    'shellwego config remove staging --yes')
    .action(action(async ({ io, print, terminal }, options: { yes?: boolean }, name: string) => {
      const { [name]: found, ...contexts } = readConfig(io.env).contexts
      if (!found) throw new CommandFailure(EXIT.notFound, 'not_found', `There is no context ${name}.`)
      await confirm(terminal, `Forget ${name} and its token?`, options.yes ?? false)
      const { current } = readConfig(io.env)
      keepToken(io.env, name, null)
      saveConfig(io.env, { current: current === name ? 'default' : current, contexts })
      await print.done(`Forgot ${name}.`, { removed: name })
    }))
}
