import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'script-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const script = join(import.meta.dirname, 'install.sh')
const run = (...args: string[]) => {
  const { status, stderr } = spawnSync('sh', [script, ...args], { encoding: 'utf8', input: '', timeout: 30_000 })
  return { status, stderr }
}
const PORTAL = ['--portal', 'https://127.0.0.1:9', '--data', join(folder, 'data')]

test.each([
  [['--portal', 'http://console.test'], 'must be the address of the console'],
  [[], 'must be the address of the console'],
  [['--portal'], 'needs a value'],
  [[...PORTAL, '--token', 'join_x'], 'can be read by everybody'],
  [[...PORTAL, '--ca-sha256', 'abc'], '64 digits'],
  [[...PORTAL, '--ca-sha256', 'X'.repeat(64)], '64 digits'],
  [[...PORTAL, '--set', 'A=$(reboot)'], 'letters, digits'],
  [[...PORTAL, '--what'], 'is not understood'],
])('%j is refused with what to do', (args, words) => {
  const { status, stderr } = run(...args)
  expect(status).toBe(1)
  expect(stderr).toContain(words)
})

test('half of the script does nothing', () => {
  const { stdout } = spawnSync('head', ['-n', '150', script], { encoding: 'utf8' })
  const { status, stdout: said } = spawnSync('sh', ['-s'], { input: stdout.slice(0, stdout.lastIndexOf('main "$@"')), encoding: 'utf8' })
  expect([status === 0 || status === 2, said]).toEqual([true, ''])
})
