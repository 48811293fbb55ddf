import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { EXIT, EXIT_MEANING } from './exit.ts'
import { renderDocs } from './docs.ts'
import { examplesOf, leavesOf } from './help.ts'
import { buildProgram } from './program.ts'

const program = buildProgram({ io: process, home: '/', version: '0.0.0', signal: new AbortController().signal })
const FILE = path.resolve('docs/cli.md')

test('docs/cli.md is what the command tree says; SHELLWEGO_UPDATE_SNAPSHOTS=1 writes it anew', () => {
  const text = renderDocs(program)
  if (process.env.SHELLWEGO_UPDATE_SNAPSHOTS === '1') writeFileSync(FILE, text)
  expect(readFileSync(FILE, 'utf8') === text, 'docs/cli.md is behind the commands').toBe(true)
})

test('every command has a description and examples that this tree understands', () => {
  const leaves = [...leavesOf(program)]
  expect(leaves.length).toBeGreaterThan(45)
  for (const { name, command } of leaves) {
    expect([name, command.description()]).toEqual([name, expect.stringMatching(/^[A-Z].*\.$/)])
    expect([name, examplesOf(command).length > 0]).toEqual([name, true])
    const words = new RegExp(`(^|[ "(|])${name}( |"|\\)|$)`)
    expect([name, examplesOf(command).filter((line) => !words.test(line))]).toEqual([name, []])
    const known = [...command.options, ...program.options].flatMap(({ long, short }) => [long, short])
    const used = examplesOf(command).flatMap((line) => (/shellwego [^|>]*/.exec(line)?.[0].split(' -- ')[0] ?? '').match(/(?<= )--?[a-zA-Z][\w-]*/g) ?? [])
    expect([name, used.filter((option) => !known.includes(option))]).toEqual([name, []])
  }
})

test('nothing takes a token on the command line, and what destroys takes --yes', () => {
  const options = [...leavesOf(program)].flatMap(({ command }) => command.options.map(({ flags }) => flags))
  expect(options.filter((flags) => /--(token|password|secret|value)\b/.test(flags))).toEqual([])
  const destroying = [...leavesOf(program)].filter(({ name }) => /(delete|remove|revoke|stop)$/.test(name))
  expect(destroying.map(({ name, command }) => [name, command.options.some(({ long }) => long === '--yes')])).toEqual(destroying.map(({ name }) => [name, true]))
  expect(destroying.length).toBeGreaterThan(5)
})

test('every exit code is explained', () => {
  expect(Object.keys(EXIT_MEANING).map(Number).sort((a, b) => a - b)).toEqual(Object.values(EXIT))
})
