import type { Cli } from '../cli.ts'
import { UsageError } from '../exit.ts'
import { withExamples } from '../help.ts'
import { dataOf } from '../sdk/index.ts'
import { runSession } from '../session.ts'

interface InstanceOption { instance?: string }

export function execCommands({ program, action }: Cli): void {
  withExamples(
    program.command('exec').description('Run a command in an app: its exit code is ours, input may be piped, any amount of output comes through.')
      .argument('<app>', 'name or id').argument('<command...>', 'after --: program and arguments; no shell reads them').option('--instance <id>', 'in this instance'),
    'shellwego exec api -- node --version', 'shellwego exec api -- sh -c \'ls /data | wc -l\'', 'shellwego exec db -- pg_dump app > app.sql', 'shellwego exec db -- psql app < app.sql',
  ).action(action(async (context, options: InstanceOption, name: string, command: unknown) => {
    const api = await context.api()
    const body = { command: wordsOf(command), tty: false, ...(options.instance ? { instance_id: options.instance } : {}) }
    const ticket = await dataOf(api.POST('/v1/apps/{app_id}/terminals', { params: { path: { app_id: name } }, body }))
    await runSession(context, api, ticket, false)
  }))

  withExamples(
    program.command('terminal').description('Open a terminal in an app. Leave it with `exit`, or with ~. at the beginning of a line.')
      .argument('<app>', 'name or id').argument('[command...]', 'after --: instead of the shell').option('--instance <id>', 'in this instance'),
    'shellwego terminal api', 'shellwego terminal db -- psql app',
  ).action(action(async (context, options: InstanceOption, name: string, command: unknown) => {
    const { stdin, stdout } = context.terminal
    if (!stdin.isTTY || !stdout.isTTY) throw new UsageError('this needs a terminal; use `shellwego exec` in scripts')
    const api = await context.api()
    const words = wordsOf(command)
    const body = {
      tty: true, size: { columns: stdout.columns || 80, rows: stdout.rows || 24 },
      ...(words.length > 0 ? { command: words } : {}), ...(options.instance ? { instance_id: options.instance } : {}),
    }
    const ticket = await dataOf(api.POST('/v1/apps/{app_id}/terminals', { params: { path: { app_id: name } }, body }))
    await runSession(context, api, ticket, true)
  }))
}

/** Commander hands the rest of the line over as a list. */
const wordsOf = (given: unknown): string[] => (Array.isArray(given) ? given.map(String) : [])
