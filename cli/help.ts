import { Help, type Command } from 'commander'

const examples = new WeakMap<Command, readonly string[]>()

/** Lines that show a command at work; help and docs begin with them. */
export function withExamples(command: Command, ...lines: string[]): Command {
  examples.set(command, lines)
  return command
}

export const examplesOf = (command: Command): readonly string[] => examples.get(command) ?? []

/** Description, examples, then what commander knows. */
export function formatHelp(command: Command, helper: Help): string {
  const rest = Help.prototype.formatHelp.call(helper, command, helper)
  const lines = examplesOf(command)
  const description = command.description()
  const withoutDescription = description === '' ? rest : rest.replace(`${helper.boxWrap(description, helper.helpWidth ?? 80)}\n\n`, '')
  const shownExamples = lines.length === 0 ? '' : `Examples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n\n`
  const footer = command.parent ? '\nMore options hold for every command: see `shellwego --help`.\n' : ''
  return `${description}\n\n${shownExamples}${withoutDescription.trimEnd()}\n${footer}`
}

/** Every command of the tree that does something, with its full name. */
export function* leavesOf(command: Command, name = command.name()): Generator<{ name: string; command: Command }> {
  const children = command.commands.filter((child) => !isHidden(child) && child.name() !== 'help')
  if (children.length === 0) yield { name, command }
  for (const child of children) yield* leavesOf(child, `${name} ${child.name()}`)
}

export const isHidden = (command: Command): boolean => command.name().startsWith('__')
