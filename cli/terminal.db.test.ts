import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { beforeAll, expect, test } from 'vitest'
import { createApp } from '../server/domain/apps/index.ts'
import { appendLines } from '../server/domain/logs/store/append.ts'
import { withApi } from '../server/testing/api.ts'
import { makeEstate, type Estate } from '../server/testing/estate.ts'
import { withRuntime } from '../server/testing/runtime.ts'
import { BUNDLE, withCli } from './testing/run-cli.ts'
import { signedIn } from './testing/signed-in.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_414, PORT: 21_415 })
const api = withApi()
const cli = withCli()
let estate: Estate
let env: Record<string, string>
beforeAll(async () => {
  estate = await makeEstate()
  env = await signedIn(api, estate.owner)
}, 60_000)

const app = async (name: string) => estate.owner.call(createApp, { name, image: 'builtin/hello:v1' })
const exists = async (name: string): Promise<boolean> => (await cli.call(['apps', 'get', name], { env })).code === 0
let lines = 0
const say = async (appId: string, line: string): Promise<void> => {
  lines += 1
  await appendLines({ orgId: estate.orgId, appId }, [{ record: { w: 'inst_talks', start: 'start', seq: lines, t: Date.now(), s: 'stdout', line }, mask: (text) => text }])
}

test('what destroys is asked about on a terminal: no is no, yes is yes, Ctrl-C is 130', async () => {
  await app('asked')
  const no = await cli.onTerminal(['apps', 'delete', 'asked'], [['[y/N]', 'n\r']], { env })
  expect([no.code, await exists('asked')]).toEqual([1, true])
  const stop = await cli.onTerminal(['apps', 'delete', 'asked'], [['[y/N]', '\u0003']], { env })
  expect([stop.code, await exists('asked')]).toEqual([130, true])
  const never = await cli.onTerminal(['apps', 'delete', 'asked', '--no-input'], [], { env })
  expect([never.code, never.stdout]).toEqual([2, expect.stringContaining('--yes')])
  const yes = await cli.onTerminal(['apps', 'delete', 'asked'], [['[y/N]', 'y\r']], { env })
  expect([yes.code, await exists('asked')]).toEqual([0, false])
})

test('a secret typed on a terminal is not shown', async () => {
  await app('typed')
  const typed = await cli.onTerminal(['secrets', 'set', 'TYPED', '--app', 'typed'], [['Value: ', 'very hidden\r']], { env })
  expect(typed).toMatchObject({ code: 0, stdout: expect.stringContaining('TYPED is at version 1') })
  expect(typed.stdout).not.toContain('hidden')
})

test('tables fit the terminal, and are whole where there is none', async () => {
  const plain = (shown: string): string[] => shown.replaceAll(/\u001b\[[\d;]*m/g, '').split('\n')
  for (const columns of [40, 60]) {
    const { stdout } = await cli.onTerminal(['apps', 'list'], [], { env, columns })
    expect([columns, plain(stdout).filter((line) => line.length > columns)]).toEqual([columns, []])
    expect(stdout).toContain('…')
  }
  expect((await cli.call(['apps', 'list'], { env })).stdout).not.toContain('…')
})

test('colours only on a terminal that wants them', async () => {
  const colored = async (more: Record<string, string>, ...args: string[]) => (await cli.onTerminal(['apps', 'list', ...args], [], { env: { ...env, ...more } })).stdout.includes('\u001b[')
  expect([await colored({}), await colored({ NO_COLOR: '1' }), await colored({ TERM: 'dumb' }), await colored({}, '--no-color')]).toEqual([true, false, false, false])
  expect((await cli.call(['apps', 'list'], { env: { ...env, TERM: 'xterm' } })).stdout).not.toContain('\u001b')
})

test('what an app writes cannot speak to the terminal', async () => {
  const { id } = await app('noisy')
  await say(id, '\u001b]0;owned\u0007\u001b[2J\u001b[31mred\u001b[0m \u202etxt.exe')
  for (const { stdout } of [await cli.onTerminal(['logs', 'noisy'], [], { env }), await cli.call(['logs', 'noisy'], { env })]) {
    expect(stdout).toContain('\\u001b]0;owned\\u0007\\u001b[2J')
    expect(stdout).not.toMatch(/\u001b\]|\u001b\[2J|\u202e|\u0007/)
  }
  const asJson = await cli.call(['logs', 'noisy', '--json'], { env })
  expect(JSON.parse(asJson.stdout)).toMatchObject({ line: expect.stringContaining('\u001b]0;owned') })
})

test('logs are followed line by line as JSON until Ctrl-C, each line once', async () => {
  const { id } = await app('followed')
  await say(id, 'before')
  const child = cli.start(['logs', 'followed', '--follow', '--json'], env)
  let seen = ''
  child.stdout.on('data', (chunk) => { seen += String(chunk) })
  await expect.poll(() => seen).toContain('before')
  await new Promise((resolve) => setTimeout(resolve, 300))
  for (const line of ['one', 'two', 'three']) await say(id, line)
  await expect.poll(() => seen, { timeout: 20_000 }).toContain('three')
  child.kill('SIGINT')
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(130)
  expect(seen.trim().split('\n').map((line) => (JSON.parse(line) as { line: string }).line)).toEqual(['before', 'one', 'two', 'three'])
}, 60_000)

test('a reader that closes the pipe is no reason to complain', async () => {
  const { id } = await app('piped')
  for (let n = 0; n < 400; n += 1) await say(id, `line ${n} ${'x'.repeat(900)}`)
  const child = spawn('bash', ['-c', `"$0" "$1" logs piped --tail 400 --json | head -n 1; echo "codes \${PIPESTATUS[0]}"`, process.execPath, BUNDLE], { env: cli.environment(env) })
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  expect([stdout.trim().split('\n').at(-1), stderr]).toEqual(['codes 0', ''])
})

test('invoices are listed with money as it is written, shown with their lines, and downloaded', async () => {
  const listed = await cli.call(['invoices', 'list'], { env })
  const [invoice] = JSON.parse((await cli.call(['invoices', 'list', '--json'], { env })).stdout) as { number: string; total: { amount: number; currency: string } }[]
  const { amount = 0, currency = '' } = invoice?.total ?? {}
  expect(listed.stdout).toContain(`${currency} ${(amount / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })}`)
  const shown = await cli.call(['invoices', 'get', invoice?.number ?? ''], { env })
  expect(shown.stdout).toMatch(/LINE\s+QUANTITY\s+AMOUNT/)
  const file = path.join(cli.home(), 'invoice.pdf')
  expect((await cli.call(['invoices', 'pdf', invoice?.number ?? '', '--file', file], { env })).code).toBe(0)
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-')
  expect((await cli.call(['invoices', 'pdf', invoice?.number ?? ''], { env })).stdout.slice(0, 5)).toBe('%PDF-')
  expect((await cli.call(['invoices', 'get', 'SWG-NOTHING'], { env })).code).toBe(4)
})

test('usage, status and events tell what the API tells', async () => {
  expect((await cli.call(['usage'], { env })).code).toBe(0)
  expect(JSON.parse((await cli.call(['usage', '--json'], { env })).stdout)).toMatchObject({ total: { currency: expect.any(String) } })
  expect(JSON.parse((await cli.call(['status', '--json'], { env })).stdout)).toMatchObject({ organization: { id: estate.orgId }, apps: { deploying: expect.any(Number) } })
  expect((await cli.call(['status'], { env })).stdout).toContain('Look at'.toUpperCase())
  expect((await cli.call(['events', '--limit', '3', '-o', 'plain'], { env })).stdout.trim().split('\n')).toHaveLength(3)
  expect((await cli.call(['nodes', 'list'], { env })).code).toBe(3)
  expect((await cli.call(['usage', '--from', 'yesterday'], { env })).code).toBe(2)
})

/** The command as a shell finds it. */
const shellEnvironment = (): NodeJS.ProcessEnv => {
  const folder = path.join(cli.home(), 'bin')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'shellwego'), `#!/bin/sh\nexec '${process.execPath}' '${BUNDLE}' "$@"\n`, { mode: 0o755 })
  if (!existsSync(path.join(cli.home(), 'a-file'))) symlinkSync('/dev/null', path.join(cli.home(), 'a-file'))
  return { ...cli.environment(), PATH: `${folder}:${process.env.PATH ?? ''}` }
}
const inShell = (program: string, args: string[], more: Record<string, string> = {}): string =>
  spawnSync(program, args, { env: { ...shellEnvironment(), ...more }, cwd: cli.home(), encoding: 'utf8', timeout: 60_000 }).stdout.trim()
const CASES: [string[], string[]][] = [
  [['app'], ['apps']], [['apps', 're'], ['restart']], [['apps', 'list', '--out'], ['--output']], [['--json', 'apps', 'list', '-o', 'y'], ['yaml']],
  [['completion', ''], ['bash', 'zsh', 'fish', 'powershell']], [['apps', 'get', 'a-f'], ['a-file']],
]

test.each(CASES)('bash completes %j', (words, found) => {
  const script = `eval "$(shellwego completion bash)"; COMP_WORDS=(shellwego "$@"); COMP_CWORD=$#; _shellwego; printf '%s\\n' "\${COMPREPLY[@]}"`
  expect(inShell('bash', ['-c', script, 'bash', ...words]).split('\n')).toEqual(found)
})

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0
const missing = (program: string): string => `${program} is not installed: apt-get install ${program}`

test.for(CASES)('fish completes %j', { timeout: 60_000 }, ([words, found], { skip }) => {
  if (!has('fish')) return skip(missing('fish'))
  const offered = inShell('fish', ['--no-config', '-c', 'shellwego completion fish | source; complete -C "$LINE"'], { LINE: ['shellwego', ...words].join(' ') }).split('\n')
  expect(offered.map((line) => line.split('\t')[0] ?? '').sort()).toEqual([...found].sort())
})

/** Typed into a terminal of its own, with a key that writes the line down. */
const ZSH = `zmodload zsh/zpty
zpty t zsh -f -i
say() { zpty -n -w t "$1"; sleep 0.4 }
say $'PROMPT= RPROMPT=; autoload -Uz compinit; compinit -D -u; eval "$(shellwego completion zsh)"; seen() { print -r -- "$BUFFER" > seen }; zle -N seen; bindkey "^X^X" seen\n'
sleep 1.5
say "shellwego $1"$'\t'
sleep 1.5
say $'\x18\x18'
sleep 0.5
zpty -d t`
test.for(CASES.filter(([, found]) => found.length === 1))('zsh completes %j', { timeout: 60_000 }, ([words, found], { skip }) => {
  if (!has('zsh')) return skip(missing('zsh'))
  inShell('zsh', ['-f', '-c', ZSH, 'zsh', words.join(' ')])
  expect(readFileSync(path.join(cli.home(), 'seen'), 'utf8').trim()).toBe(['shellwego', ...words.slice(0, -1), ...found].join(' '))
})
