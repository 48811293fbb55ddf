import type { Argument, Command, Option } from 'commander'
import { EXIT_MEANING } from './exit.ts'
import { examplesOf, leavesOf } from './help.ts'

const cell = (text: string): string => text.replaceAll('|', '\\|')

function described({ description, argChoices, defaultValue, defaultValueDescription, ...rest }: Option | Argument): string {
  const choices = argChoices ? ` One of ${argChoices.join(', ')}.` : ''
  const isEmpty = defaultValue === undefined || defaultValue === true || (Array.isArray(defaultValue) && defaultValue.length === 0)
  const standard = isEmpty ? '' : ` ${defaultValueDescription ?? String(defaultValue)} unless said.`
  return `${description}.${choices}${standard}${'mandatory' in rest && rest.mandatory ? ' Required.' : ''}`.replace('..', '.')
}

const optionRows = (options: readonly Option[]): string[] => options.map((option) => `| \`${cell(option.flags)}\` | ${cell(described(option))} |`)

function section(name: string, command: Command): string {
  const usage = [name, ...command.registeredArguments.map((argument) => argument.required ? `<${argument.name()}>` : `[${argument.name()}]`)].join(' ')
  const given = command.registeredArguments.filter(({ description }) => description !== '').map((argument) => `| \`${argument.name()}\` | ${cell(described(argument))} |`)
  const rows = [...given, ...optionRows(command.options)]
  return [
    `### \`${usage}\``, command.description(), ['```sh', ...examplesOf(command), '```'].join('\n'),
    ...(rows.length > 0 ? [['| | |', '| --- | --- |', ...rows].join('\n')] : []),
  ].join('\n\n')
}

const INTRODUCTION = `# The \`shellwego\` command

Speaks to the REST API and nothing else. In this repository: \`npx --no-install shellwego\`. This file is made from the command itself;
\`SHELLWEGO_UPDATE_SNAPSHOTS=1 npx vitest run --project unit cli/docs.test.ts\` writes it anew.

## Signing in

\`shellwego auth login --url https://console.example.com\` shows a code; open the address it names, compare the code, approve. The token it gets
lives 90 days, is listed under Account, Tokens, and lies in \`$XDG_CONFIG_HOME/shellwego/credentials.json\`, which only you can read. Where there is no
browser, pipe a token to \`shellwego auth login --with-token\`, or set \`SHELLWEGO_TOKEN\`. A token is never taken from the command line.

On the machine where the product itself runs no address is needed: the command finds it in the data folder (\`--data\`, \`SHELLWEGO_DATA\`).

| Setting | Option | Environment | Kept by \`config set\` |
| --- | --- | --- | --- |
| Installation | \`--url\` | \`SHELLWEGO_URL\` | \`url\` |
| Organization | \`--organization\` | \`SHELLWEGO_ORG\` | \`organization\` |
| Output | \`--output\`, \`--json\` | \`SHELLWEGO_OUTPUT\` | \`output\` |
| Authority to trust besides the system's | \`--ca-file\` | \`SHELLWEGO_CA_FILE\` | \`ca_file\` |
| Context: a named set of these with its token | \`--context\` | \`SHELLWEGO_CONTEXT\` | \`config use\` |
| Token | none | \`SHELLWEGO_TOKEN\` | \`auth login\` |

Options win over the environment, that over what is kept. A kept token goes only to the address it was made for.

## Output

Data goes to stdout, everything else to stderr, so a pipe never holds a message. \`--json\` and \`--output yaml\` print what the API sent, unchanged:
a list is an array, streams (\`--follow\`) print one document per line. \`--output plain\` prints tab-separated columns without a head. Tables fit the
terminal; in a pipe nothing is cut. Colours appear only on a terminal, and not with \`--no-color\`, \`NO_COLOR\` or \`TERM=dumb\`. What an app wrote is
shown so that it cannot speak to your terminal. Errors under \`--json\` are \`{"error": {…}}\` on stderr, with the \`code\`, \`detail\` and \`request_id\`
of the API's problem document.

Where stdin is no terminal, or with \`--no-input\`, nothing is asked: the command fails and names the option that was missing (\`--yes\` for what destroys).

## Exit codes
`

/** docs/cli.md, whole. */
export function renderDocs(program: Command): string {
  const codes = Object.entries(EXIT_MEANING).map(([code, meaning]) => `| ${code} | ${meaning} |`)
  const sections = [...leavesOf(program)].map(({ name, command }) => section(name, command))
  return [
    INTRODUCTION.trimEnd(), ['| Code | Meaning |', '| --- | --- |', ...codes].join('\n'),
    '## Options of every command', ['| | |', '| --- | --- |', ...optionRows(program.options)].join('\n'), '## Commands', ...sections,
  ].join('\n\n') + '\n'
}
