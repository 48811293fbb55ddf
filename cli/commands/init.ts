import { readOptional } from '../../scripts/host/files.ts'
import { dataFolder, setupCodeFile } from '../../scripts/up/paths.ts'
import { ask, askSecret } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { withExamples } from '../help.ts'
import { dataOf } from '../sdk/index.ts'

interface InitOptions { email?: string; name?: string; code?: string }

/** Creates the operator account. The code is taken from the data folder when we may read it there. */
export function initCommand({ program, action }: Cli): void {
  withExamples(
    program.command('init').description('Create the operator account of a new installation. What is not given is asked for; the password comes from stdin.')
      .option('--email <address>', 'to sign in with').option('--name <name>', 'of the operator').option('--code <code>', 'that `npm run up` printed'),
    'shellwego init --email you@example.com --name You', 'shellwego init --email you@example.com --name You --json < password.txt',
  ).action(action(async ({ visitor, terminal, print, home, io }, options: InitOptions & { data?: string }) => {
    const client = visitor()
    const email = options.email ?? await ask(terminal, 'E-mail', '--email')
    const name = options.name ?? await ask(terminal, 'Name', '--name')
    const folder = program.opts<{ data?: string }>().data ?? dataFolder(io.env, home)
    const code = options.code ?? readOptional(setupCodeFile(folder))?.trim() ?? await ask(terminal, 'Setup code', '--code')
    const password = await askSecret(terminal, 'Password')
    const operator = await dataOf(client.POST('/v1/setup', { body: { email, name, code, password } }))
    await print.done(`operator ${operator.email} created`, operator)
  }))
}
