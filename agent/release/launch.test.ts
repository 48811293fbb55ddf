import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { Releases } from './layout.ts'

const folders: string[] = []
afterAll(() => { for (const folder of folders) rmSync(folder, { recursive: true, force: true }) })

/** A node whose releases are scripts that say who they are. */
function makeNode(): { data: string; releases: Releases; start: (extra?: Record<string, string>) => { release: string; trial: boolean } } {
  const data = mkdtempSync(join(tmpdir(), 'launch-'))
  folders.push(data)
  mkdirSync(join(data, 'releases'))
  writeFileSync(join(data, 'agent.env'), 'SHELLWEGO_DATA="x"\n')
  copyFileSync(join(import.meta.dirname, 'launch.sh'), join(data, 'launch'))
  chmodSync(join(data, 'launch'), 0o755)
  const releases = new Releases(join(data, 'releases'))
  for (const name of ['aaaa', 'bbbb']) {
    mkdirSync(releases.pathOf(name))
    writeFileSync(join(releases.pathOf(name), 'manifest.json'), '{}')
    writeFileSync(join(releases.pathOf(name), 'node'), '#!/bin/sh\necho "$SHELLWEGO_RELEASE ${SHELLWEGO_TRIAL:-0}"\n', { mode: 0o755 })
  }
  releases.keep('aaaa')
  for (const name of ['bbbb']) {
    mkdirSync(releases.pathOf(name), { recursive: true })
    writeFileSync(join(releases.pathOf(name), 'manifest.json'), '{}')
    writeFileSync(join(releases.pathOf(name), 'node'), '#!/bin/sh\necho "$SHELLWEGO_RELEASE ${SHELLWEGO_TRIAL:-0}"\n', { mode: 0o755 })
  }
  return {
    data, releases,
    start: (extra = {}) => {
      const { stdout, status, stderr } = spawnSync(join(data, 'launch'), ['agent'], { encoding: 'utf8', env: { ...process.env, SHELLWEGO_TRIAL_S: '0', ...extra } })
      expect(status, stderr).toBe(0)
      const [release = '', trial] = stdout.trim().split(' ')
      return { release, trial: trial === '1' }
    },
  }
}

test('without a trial the current release starts', () => {
  const node = makeNode()
  expect(node.start()).toEqual({ release: 'aaaa', trial: false })
})

test('a release on trial starts three times, then the one before, with the reason', () => {
  const node = makeNode()
  node.releases.try('bbbb', 'o1')
  for (let n = 0; n < 3; n += 1) expect(node.start()).toEqual({ release: 'bbbb', trial: true })
  expect(node.start()).toEqual({ release: 'aaaa', trial: false })
  expect(node.releases.failureOf('bbbb', 'o1')).toContain('three times')
  expect(node.releases.failureOf('bbbb', 'o2')).toBeNull()
  expect(node.start()).toEqual({ release: 'aaaa', trial: false })
})

test('a release without its program is not started', () => {
  const node = makeNode()
  node.releases.try('bbbb', 'o1')
  rmSync(join(node.releases.pathOf('bbbb'), 'node'))
  expect(node.start()).toEqual({ release: 'aaaa', trial: false })
})

test('one that hangs is ended from outside and given up', async () => {
  const node = makeNode()
  writeFileSync(join(node.releases.pathOf('bbbb'), 'node'), '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 })
  node.releases.try('bbbb', 'o1')
  const began = performance.now()
  const { signal } = spawnSync(join(node.data, 'launch'), ['agent'], { env: { ...process.env, SHELLWEGO_TRIAL_S: '-9' }, timeout: 30_000 })
  expect(signal).toBe('SIGKILL')
  expect(performance.now() - began).toBeLessThan(20_000)
  expect(node.start()).toEqual({ release: 'aaaa', trial: false })
  expect(node.releases.failureOf('bbbb', 'o1')).toContain('hung')
}, 60_000)

/** Every change on disk of an upgrade, in order; a machine may die after each. */
type Act = 'try' | 'start' | 'keep' | 'give up'
const acts = fc.array(fc.constantFrom<Act>('try', 'start', 'start', 'keep', 'give up'), { maxLength: 10 })

test('whatever was done and wherever it stopped, a whole release starts, and one that was given up does not', () => {
  fc.assert(fc.property(acts, (list) => {
    const { releases, start, data } = makeNode()
    let order = 0
    for (const act of list) {
      if (act === 'start') start()
      if (act === 'try' && releases.named('current') === 'aaaa') releases.try('bbbb', `o${order += 1}`)
      if (act === 'keep' && releases.named('trial') === 'bbbb' && releases.failure('bbbb') === null) releases.keep('bbbb')
      if (act === 'give up' && releases.named('trial') === 'bbbb') releases.giveUp('bbbb', 'no answer')
    }
    const [trial, current] = [releases.named('trial'), releases.named('current') ?? '']
    const given = trial !== null && releases.failure(trial) !== null
    const { release } = start()
    expect(existsSync(join(data, 'releases', release, 'manifest.json'))).toBe(true)
    expect([trial, current]).toContain(release)
    if (given) expect(release).toBe(current)
  }), { numRuns: 40 })
}, 120_000)

/** Death between the two steps of an act: what a single rename leaves behind. */
test.each([
  ['kept, but the trial is still named', (node: ReturnType<typeof makeNode>) => {
    node.releases.try('bbbb', 'o1')
    execFileSync('ln', ['-sfn', 'bbbb', join(node.releases.folder, 'current')])
  }, 'bbbb'],
  ['given up, but the trial is still named', (node: ReturnType<typeof makeNode>) => {
    node.releases.try('bbbb', 'o1')
    writeFileSync(join(node.releases.folder, 'failed-bbbb'), 'no answer\n')
  }, 'aaaa'],
  ['a link half made', (node: ReturnType<typeof makeNode>) => execFileSync('ln', ['-sfn', 'bbbb', join(node.releases.folder, 'trial.new')]), 'aaaa'],
])('%s', (_what, prepare, release) => {
  const node = makeNode()
  prepare(node)
  expect(node.start()).toEqual({ release, trial: false })
  expect(node.releases.named('trial')).toBeNull()
})

test('a release that is kept clears away all but the one before', () => {
  const node = makeNode()
  node.releases.try('bbbb', 'o1')
  node.start()
  node.releases.keep('bbbb')
  expect(existsSync(node.releases.pathOf('aaaa'))).toBe(true)
  mkdirSync(node.releases.pathOf('cccc.part'))
  node.releases.keep('bbbb')
  expect(existsSync(node.releases.pathOf('cccc.part'))).toBe(false)
  expect(readFileSync(join(node.releases.pathOf('bbbb'), 'manifest.json'), 'utf8')).toBe('{}')
})
