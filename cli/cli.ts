import { Command, Option } from 'commander'
import { FORMATS, type GlobalOptions } from './config/settings.ts'
import { contextFor, type Context, type Installation } from './context.ts'
import { formatHelp, isHidden } from './help.ts'

/** What the files in `commands/` build on. */
export interface Cli {
  installation: Installation
  program: Command
  /** Wraps the work of a command: gives it its context and its options. */
  action: <O extends object, A extends unknown[] = string[]>(work: (context: Context, options: O, ...given: A) => Promise<void>) =>
    (...all: unknown[]) => Promise<void>
}

function globalOptions(program: Command): void {
  program
    .addOption(new Option('-o, --output <format>', 'how to print').choices([...FORMATS]))
    .option('--json', 'the same as --output json')
    .option('--url <address>', 'the installation [SHELLWEGO_URL]')
    .option('--organization <name>', 'the organization, by id or name [SHELLWEGO_ORG]')
    .option('--context <name>', 'a kept context [SHELLWEGO_CONTEXT]')
    .option('--ca-file <file>', 'one more certificate authority to trust [SHELLWEGO_CA_FILE]')
    .option('--data <folder>', 'the product that runs on this data folder')
    .option('--no-color', 'no colours [NO_COLOR]')
    .option('--no-input', 'ask nothing, fail instead')
}

export function createCli(installation: Installation): Cli {
  const program = new Command('shellwego')
    .description('Deploy and run apps on ShellWeGo.')
    .version(installation.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help of a command')
    .showHelpAfterError(false)
    .configureHelp({ formatHelp, visibleCommands: (command) => command.commands.filter((child) => !isHidden(child)) })
    .configureOutput({ outputError: () => undefined })
    .exitOverride()
  globalOptions(program)
  return {
    installation, program,
    action: <O extends object, A extends unknown[]>(work: (context: Context, options: O, ...given: A) => Promise<void>) => async (...all: unknown[]) => {
      const command = all.at(-1) as Command
      await work(contextFor(installation, command.optsWithGlobals<GlobalOptions>()), command.opts<O>(), ...all.slice(0, -2) as A)
    },
  }
}
