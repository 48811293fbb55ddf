import { Argument } from 'commander'
import type { Cli } from '../cli.ts'
import { candidates } from '../completion/candidates.ts'
import { SCRIPTS, SHELLS, type Shell } from '../completion/scripts.ts'
import { withExamples } from '../help.ts'

export function completionCommand({ program, installation }: Cli): void {
  const say = (text: string): void => void installation.io.stdout.write(text)
  withExamples(program.command('completion').description('Print the script that completes commands in your shell.').addArgument(new Argument('<shell>').choices([...SHELLS])),
    'eval "$(shellwego completion bash)"', 'shellwego completion fish > ~/.config/fish/completions/shellwego.fish')
    .action((shell: Shell) => say(SCRIPTS[shell]))

  // What those scripts call: the words behind the name of the command, the last one being typed.
  program.command('__complete', { hidden: true }).argument('[words...]').allowUnknownOption()
    .action((words: string[]) => say(candidates(program, words.slice(0, -1), words.at(-1) ?? '').map((word) => `${word}\n`).join('')))
}
