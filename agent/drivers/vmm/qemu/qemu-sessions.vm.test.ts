import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recorder } from '../vmm.contract.ts'
import type { GuestSession, SessionEnd, SessionRequest, Vm } from '../../vmm.ts'
import { missingTools, qemuHarness, type QemuHarness } from './qemu-harness.ts'

const WINDOW = 256 << 10
const PATIENCE_MS = 30_000
const reason = missingTools()

interface Running {
  session: GuestSession
  out: () => string
  err: () => string
  bytes: () => number
  taken: () => number
  until: (text: string) => Promise<void>
  end: Promise<SessionEnd>
}

describe.skipIf(reason !== null)(`sessions inside a VM${reason === null ? '' : ` (skipped: ${reason})`}`, { timeout: 300_000 }, () => {
  let harness: QemuHarness
  let vm: Vm
  let lines: () => number
  const open = (argv: string[], more: Partial<SessionRequest> = {}, reads = true): Running => {
    const seen = { stdout: '', stderr: '', bytes: 0, taken: 0 }
    let settle: (end: SessionEnd) => void = () => {}
    const end = new Promise<SessionEnd>((resolve) => { settle = resolve })
    const session: GuestSession = vm.session({ argv, env: {}, terminal: null, timeoutMs: null, credit: WINDOW, ...more }, {
      onOutput: (stream, bytes) => {
        seen.bytes += bytes.length
        if (seen.bytes < 4 * WINDOW) seen[stream] += bytes.toString('latin1')
        if (reads) session.credit(bytes.length)
      },
      onTaken: (bytes) => { seen.taken += bytes },
      onEnd: (how) => settle(how),
    })
    const until = async (text: string): Promise<void> => {
      const limit = performance.now() + PATIENCE_MS
      while (!seen.stdout.includes(text)) {
        if (performance.now() > limit) throw new Error(`waited in vain for ${text}: ${seen.stdout.slice(-300)}`)
        await new Promise((resolve) => { setTimeout(resolve, 10) })
      }
    }
    return { session, out: () => seen.stdout, err: () => seen.stderr, bytes: () => seen.bytes, taken: () => seen.taken, until, end }
  }
  const shell = (script: string, more: Partial<SessionRequest> = {}, reads = true): Running => open(['sh', '-c', script], more, reads)

  beforeAll(async () => {
    harness = await qemuHarness()
    const spec = await harness.spec({ argv: ['sh', '-c', 'while :; do echo tick; usleep 100000; done'], env: { PLACE: 'inside' } })
    const recorded = recorder(PATIENCE_MS)
    lines = () => recorded.lines.length
    vm = await harness.driver().start(spec, { SECRET: 'k33p' }, { ...recorded, onLog: (more) => {
      recorded.onLog(more)
      vm?.ackLogs(more.at(-1)?.seq ?? 0)
    } })
  }, 90_000)
  afterAll(async () => {
    await vm?.kill()
    await harness?.dispose()
  })

  test('exit codes, both outputs, input to its end, the environment of the process and what was added to it', async () => {
    const one = shell('cat; echo "$PLACE $SECRET $MORE" >&2; exit 7', { env: { MORE: 'more' } })
    one.session.write(Buffer.from([0, 255, 10, 65]))
    one.session.endInput()
    expect(await one.end).toEqual({ kind: 'exited', code: 7, timedOut: false })
    expect([one.out(), one.err(), one.taken()]).toEqual(['\u0000\u00ff\nA', 'inside k33p more\n', 4])
    const killed = shell('kill -9 $$')
    expect(await killed.end).toEqual({ kind: 'exited', code: 137, timedOut: false })
  })

  test('what is not there never ran, and what takes too long is killed', async () => {
    expect(await open(['/no/such']).end).toEqual({ kind: 'never_ran', code: 127 })
    expect(await open(['/etc']).end).toEqual({ kind: 'never_ran', code: 126 })
    expect(await shell('sleep 60', { timeoutMs: 200 }).end).toEqual({ kind: 'exited', code: 137, timedOut: true })
  })

  test('a terminal is one: size, resize, Ctrl-C, and its name belongs to the user', async () => {
    const one = open(['sh'], { terminal: { columns: 100, rows: 30 }, env: { TERM: 'xterm' } })
    one.session.write(Buffer.from('stty size; tty; echo TERM=$TERM\n'))
    await one.until('30 100')
    await one.until('/dev/pts/')
    await one.until('TERM=xterm')
    one.session.resize(80, 24)
    one.session.write(Buffer.from('stty size\n'))
    await one.until('24 80')
    one.session.write(Buffer.from('sleep 100\n'))
    await new Promise((resolve) => { setTimeout(resolve, 300) })
    one.session.write(Buffer.from('\u0003'))
    one.session.write(Buffer.from('echo after-$?\n'))
    await one.until('after-130')
    one.session.write(Buffer.from('exit 5\n'))
    expect(await one.end).toEqual({ kind: 'exited', code: 5, timedOut: false })
  })

  test('hanging up ends all of it: the shell, its jobs, and those that do not listen', async () => {
    const one = open(['sh'], { terminal: { columns: 80, rows: 24 } })
    one.session.write(Buffer.from('set -m; (trap "" HUP; exec sleep 4711) & sleep 4712 & echo started\n'))
    await one.until('started\r')
    one.session.hangUp()
    await one.end
    const left = shell('for p in /proc/[0-9]*; do tr "\\0" " " < $p/cmdline 2>/dev/null; echo; done | grep -c "^sleep 471"')
    await left.end
    expect(left.out()).toBe('0\n')
  })

  test('a session nobody reads stops at its window, and neither logs nor other sessions wait for it', async () => {
    const stuck = shell('yes stuck', {}, false)
    await new Promise((resolve) => { setTimeout(resolve, 1500) })
    const before = lines()
    expect(stuck.bytes()).toBe(WINDOW)
    const other = shell('echo other')
    await other.end
    expect(other.out()).toBe('other\n')
    await new Promise((resolve) => { setTimeout(resolve, 1000) })
    expect(lines()).toBeGreaterThan(before + 3)
    expect(stuck.bytes()).toBe(WINDOW)
    stuck.session.hangUp()
    await stuck.end
  })

  test('input larger than any buffer arrives whole', async () => {
    const size = 8 << 20
    const one = shell('wc -c')
    const chunk = Buffer.alloc(64 << 10, 'x')
    for (let sent = 0; sent < size; sent += chunk.length) {
      one.session.write(chunk)
      while (sent - one.taken() > 512 << 10) await new Promise((resolve) => { setTimeout(resolve, 1) })
    }
    one.session.endInput()
    expect(await one.end).toMatchObject({ code: 0 })
    expect(one.out().trim()).toBe(String(size))
  })

  test('a flood comes through while logs go on, and memory does not grow with it', async () => {
    const mib = process.env['SHELLWEGO_FULL'] ? 1024 : 64
    const [before, from, seen] = [process.memoryUsage().rss, performance.now(), lines()]
    const one = shell(`head -c ${mib << 20} /dev/zero`)
    expect(await one.end).toEqual({ kind: 'exited', code: 0, timedOut: false })
    const seconds = (performance.now() - from) / 1000
    const grown = (process.memoryUsage().rss - before) / 2 ** 20
    expect(one.bytes()).toBe(mib << 20)
    expect(lines()).toBeGreaterThan(seen)
    expect(grown).toBeLessThan(128)
    process.stderr.write(`${mib} MiB through a pipe in ${seconds.toFixed(1)} s, memory grew by ${grown.toFixed(0)} MiB\n`)
  }, 600_000)

  test('sixteen at once, and the next is refused by name', async () => {
    const held = Array.from({ length: 16 }, () => shell('cat'))
    await new Promise((resolve) => { setTimeout(resolve, 300) })
    const one = shell('true')
    expect(await one.end).toMatchObject({ kind: 'never_ran', code: 126 })
    expect(one.err()).toBe('too many commands at once')
    for (const { session } of held) session.endInput()
    expect(await Promise.all(held.map(({ end }) => end))).toHaveLength(16)
  })
})
