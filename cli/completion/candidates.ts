import type { Command, Option } from 'commander'
import { isHidden } from '../help.ts'

const optionOf = (chain: readonly Command[], word: string): Option | undefined =>
  chain.flatMap((command) => command.options).find((option) => option.long === word || option.short === word)

const takesValue = (option: Option | undefined): boolean => option !== undefined && (option.required || option.optional)

/** The commands that the words before the cursor lead to, and how many arguments stand behind the last one. */
function walk(program: Command, words: readonly string[]): { chain: Command[]; positionals: number } {
  const chain = [program]
  let positionals = 0
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? ''
    if (word.startsWith('-')) {
      if (takesValue(optionOf(chain, word)) && !word.includes('=')) index += 1
      continue
    }
    const child = chain.at(-1)?.commands.find((command) => command.name() === word)
    if (child && positionals === 0) chain.push(child)
    else positionals += 1
  }
  return { chain, positionals }
}

/** What may stand at the cursor, where `words` are those before it and `current` is what is there already. */
export function candidates(program: Command, words: readonly string[], current: string): string[] {
  const { chain, positionals } = walk(program, words)
  const command = chain.at(-1) ?? program
  const before = optionOf(chain, words.at(-1) ?? '')
  const fitting = (list: readonly string[]): string[] => list.filter((word) => word.startsWith(current))
  if (before && takesValue(before)) return fitting(before.argChoices ?? [])
  if (current.startsWith('-')) return fitting([...new Set([...chain.flatMap(({ options }) => options), helpOption].flatMap(({ long, hidden }) => hidden || !long ? [] : [long]))])
  const children = command.commands.filter((child) => !isHidden(child)).map((child) => child.name())
  if (children.length > 0 && positionals === 0) return fitting(children)
  return fitting(command.registeredArguments[positionals]?.argChoices ?? [])
}

const helpOption = { long: '--help', hidden: false }
