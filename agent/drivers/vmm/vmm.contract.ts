/** What every VMM driver promises; run against the fake and against real QEMU. */
import { expect, test } from 'vitest'
import { VmmError, type GuestProcess, type LogLine, type Vm, type VmExit, type VmHandlers, type VmIdentity, type VmmDriver, type VmSpec } from '../vmm.ts'

/** Behaviours the suite needs from a guest; each harness says by which argv its guests show them. */
export interface Programs {
  /** Prints `greeting=$GREETING secret=$SECRET workdir=<cwd> user=<uid>`, prints `bye` and exits with 0 on its stop signal. */
  report: string[]
  /** Prints `line 1` … `line <n>`, then runs on; ends at its stop signal. */
  lines: (count: number) => string[]
  /** Prints one numbered line every few milliseconds. */
  ticker: string[]
  exit: (code: number) => string[]
  ignoresStopSignal: string[]
  missing: string[]
}

export interface ExecPrograms {
  /** Copies stdin to stdout, prints `oops` on stderr, exits with 7. */
  streams: string[]
  hang: string[]
}

export interface Harness {
  programs: Programs
  execs: ExecPrograms
  /** The uid `report` prints for the user `app`. */
  appUid: string
  driver: () => VmmDriver
  spec: (process: Partial<GuestProcess> & { argv: string[] }) => Promise<VmSpec>
  /** Driver whose guests never answer. */
  hungDriver: () => VmmDriver
  /** All bytes the VM left on the host's disks. */
  diskBytes: (spec: VmSpec) => Promise<Buffer>
  leftovers: (id: string) => Promise<string[]>
  /** Generous for emulation, small for the fake. */
  patienceMs: number
}

export interface Recorder extends VmHandlers {
  readonly lines: LogLine[]
  readonly exits: VmExit[]
  started: number
  until: (condition: () => boolean, what: string) => Promise<void>
}

export function recorder(patienceMs: number): Recorder {
  const self: Recorder = {
    lines: [],
    exits: [],
    started: 0,
    onStarted: () => { self.started += 1 },
    onLog: (lines) => { self.lines.push(...lines) },
    onExit: (exit) => { self.exits.push(exit) },
    until: async (condition, what) => {
      const end = performance.now() + patienceMs
      while (!condition()) {
        if (performance.now() > end) throw new Error(`waited in vain for ${what}; lines: ${JSON.stringify(self.lines.slice(-5))}`)
        await new Promise((resolve) => { setTimeout(resolve, 5) })
      }
    },
  }
  return self
}

const texts = (recorded: Recorder): string[] => recorded.lines.map(({ line }) => line)

export function vmmContract(harness: Harness): void {
  const { programs, execs, patienceMs } = harness

  async function boot(process: Partial<GuestProcess> & { argv: string[] }, secrets: Record<string, string> = {}) {
    const driver = harness.driver()
    const spec = await harness.spec(process)
    const recorded = recorder(patienceMs)
    const vm = await driver.start(spec, secrets, recorded)
    return { driver, spec, recorded, vm }
  }

  async function end(vm: Vm, driver: VmmDriver): Promise<void> {
    await vm.kill()
    await driver.cleanup(vm.identity.id)
  }

  test('runs argv with its environment, secrets, working directory and user', async () => {
    const { driver, recorded, vm } = await boot(
      { argv: programs.report, env: { GREETING: 'hello', SECRET: 'default' }, workdir: '/srv/data', user: 'app' }, { SECRET: 'k33p' },
    )
    await recorded.until(() => recorded.lines.length > 0, 'the report')
    expect(texts(recorded)[0]).toBe(`greeting=hello secret=k33p workdir=/srv/data user=${harness.appUid}`)
    expect(recorded.started).toBe(1)
    expect(recorded.lines[0]).toMatchObject({ seq: 1, stream: 'stdout' })
    expect(Math.abs((recorded.lines[0]?.atMs ?? 0) - Date.now())).toBeLessThan(60_000)
    await end(vm, driver)
  })

  test('delivers log lines once, in order, numbered without holes', async () => {
    const { driver, recorded, vm } = await boot({ argv: programs.lines(500) })
    await recorded.until(() => recorded.lines.length >= 500, '500 lines')
    expect(texts(recorded)).toEqual(Array.from({ length: 500 }, (_, index) => `line ${index + 1}`))
    expect(recorded.lines.map(({ seq }) => seq)).toEqual(Array.from({ length: 500 }, (_, index) => index + 1))
    await end(vm, driver)
  })

  test('runs commands inside with stdin, both outputs, exit code and a timeout', async () => {
    const { driver, vm } = await boot({ argv: programs.report })
    expect(await vm.exec(execs.streams, { timeoutMs: patienceMs, stdin: 'in put' }))
      .toEqual({ exitCode: 7, stdout: 'in put', stderr: 'oops\n', timedOut: false })
    expect(await vm.exec(execs.hang, { timeoutMs: 200 })).toMatchObject({ timedOut: true })
    expect(await vm.exec(programs.missing, { timeoutMs: patienceMs })).toMatchObject({ exitCode: 127, timedOut: false })
    await end(vm, driver)
  })

  test('stops by the stop signal, and the process may say goodbye', async () => {
    const { driver, recorded, vm } = await boot({ argv: programs.report })
    await recorded.until(() => recorded.lines.length > 0, 'the report')
    await vm.stop(patienceMs)
    expect(texts(recorded).at(-1)).toBe('bye')
    expect(recorded.exits).toEqual([{ kind: 'process', code: 0, signal: null, oom: false }])
    expect(await driver.list()).toEqual([])
    await driver.cleanup(vm.identity.id)
  })

  test('kills a process that ignores its stop signal when the grace is over', async () => {
    const { driver, recorded, vm } = await boot({ argv: programs.ignoresStopSignal })
    await recorded.until(() => recorded.lines.length > 0, 'a sign of life')
    const from = performance.now()
    await vm.stop(300)
    expect(performance.now() - from).toBeGreaterThanOrEqual(290)
    expect(recorded.exits).toEqual([{ kind: 'process', code: null, signal: 9, oom: false }])
    await driver.cleanup(vm.identity.id)
  })

  test('reports how the process ended by itself', async () => {
    const { driver, recorded, vm } = await boot({ argv: programs.exit(42) })
    vm.ackLogs(Number.MAX_SAFE_INTEGER)
    await recorded.until(() => recorded.exits.length > 0, 'the exit')
    expect(recorded.exits).toEqual([{ kind: 'process', code: 42, signal: null, oom: false }])
    await driver.cleanup(vm.identity.id)
  })

  test('a missing executable is named in the log and exits with 127', async () => {
    const { driver, recorded, vm } = await boot({ argv: programs.missing })
    await recorded.until(() => recorded.exits.length > 0, 'the exit')
    expect(texts(recorded)).toEqual([`executable not found: ${programs.missing[0]}`])
    expect(recorded.exits).toEqual([{ kind: 'process', code: 127, signal: null, oom: false }])
    expect(recorded.started).toBe(0)
    await driver.cleanup(vm.identity.id)
  })

  test('sends again what was not acknowledged, when asked', async () => {
    const { driver, recorded, vm } = await boot({ argv: programs.ticker })
    await recorded.until(() => recorded.lines.length > 5, 'ticks')
    vm.ackLogs(3)
    const seen = recorded.lines.length
    expect(vm.resendLogs()).toBe(true)
    await recorded.until(() => recorded.lines.length > seen, 'ticks that come again')
    expect(recorded.lines[seen]?.seq).toBe(4)
    await end(vm, driver)
  })

  test('a new driver re-attaches: same process, no log line lost or told under two numbers', async () => {
    const { spec, recorded, vm } = await boot({ argv: programs.ticker })
    await recorded.until(() => recorded.lines.length > 20, 'ticks')
    vm.ackLogs(10)
    vm.detach()
    const seen = recorded.lines.length
    const restarted = harness.driver()
    const identities = await restarted.list()
    expect(identities).toEqual([vm.identity])
    expect(await restarted.attach({ ...vm.identity, pidStart: '1' }, recorder(patienceMs))).toBeNull()
    expect(await restarted.attach({ ...vm.identity, startId: 'other' }, recorder(patienceMs))).toBeNull()
    const again = recorder(patienceMs)
    const attached = await restarted.attach(identities[0] as VmIdentity, again)
    expect(attached?.identity).toEqual(vm.identity)
    await again.until(() => (again.lines.at(-1)?.seq ?? 0) > seen + 20, 'ticks after the restart')
    expect(again.started).toBe(1)
    expect(recorded.exits).toEqual([])
    expect(again.lines[0]?.seq).toBe(11)
    const all = new Map([...recorded.lines, ...again.lines].map(({ seq, line }) => [seq, line]))
    const last = again.lines.at(-1)?.seq ?? 0
    expect([...all.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: last }, (_, index) => index + 1))
    for (const [seq, line] of all) expect(line).toBe(`tick ${seq}`)
    for (const { seq, line } of recorded.lines) expect(all.get(seq)).toBe(line)
    expect(again.lines.map(({ seq }) => seq)).toEqual(Array.from({ length: last - 10 }, (_, index) => index + 11))
    if (attached) await end(attached, restarted)
    expect(await harness.driver().attach({ ...vm.identity, id: spec.id }, recorder(patienceMs))).toBeNull()
  })

  test('secrets reach the process and no disk', async () => {
    const secret = `canary-${Math.random().toString(36).slice(2)}-${Date.now()}`
    const { driver, spec, recorded, vm } = await boot({ argv: programs.report, env: { GREETING: 'plainly' } }, { SECRET: secret })
    await recorded.until(() => recorded.lines.length > 0, 'the report')
    expect(texts(recorded)[0]).toContain(`secret=${secret}`)
    await vm.stop(patienceMs)
    const bytes = await harness.diskBytes(spec)
    expect(bytes.includes(secret)).toBe(false)
    await driver.cleanup(vm.identity.id)
  })

  test('two VMs share one root image and see only their own files', async () => {
    const first = await boot({ argv: programs.report })
    const second = await boot({ argv: programs.report })
    expect(first.spec.rootfs).toBe(second.spec.rootfs)
    expect((await first.driver.list()).map(({ id }) => id).sort()).toEqual([first.spec.id, second.spec.id].sort())
    await end(first.vm, first.driver)
    await second.recorded.until(() => second.recorded.lines.length > 0, 'the second report')
    await end(second.vm, second.driver)
  })

  test('a guest that never answers is a boot timeout and leaves no VM', async () => {
    const driver = harness.hungDriver()
    const spec = await harness.spec({ argv: programs.report })
    const recorded = recorder(patienceMs)
    await expect(driver.start(spec, {}, recorded)).rejects.toMatchObject({ code: 'boot_timeout' })
    expect(recorded.exits).toEqual([])
    expect(await driver.list()).toEqual([])
    await driver.cleanup(spec.id)
    expect(await harness.leftovers(spec.id)).toEqual([])
  })

  test('less memory than a VM can boot with is refused by code', async () => {
    const spec = { ...(await harness.spec({ argv: programs.report })), memoryMib: 64 }
    const attempt = harness.driver().start(spec, {}, recorder(patienceMs))
    await expect(attempt).rejects.toBeInstanceOf(VmmError)
    await expect(attempt).rejects.toMatchObject({ code: 'memory_too_small' })
    expect(await harness.leftovers(spec.id)).toEqual([])
  })

  test('cleanup is refused while the VM runs and leaves nothing afterwards', async () => {
    const { driver, spec, recorded, vm } = await boot({ argv: programs.report })
    await expect(driver.cleanup(spec.id)).rejects.toMatchObject({ code: 'vmm_failed' })
    await expect(driver.start(spec, {}, recorder(patienceMs))).rejects.toMatchObject({ code: 'vmm_failed' })
    await vm.kill()
    expect(recorded.exits).toMatchObject([{ kind: 'vmm', reason: 'killed' }])
    await driver.cleanup(spec.id)
    expect(await harness.leftovers(spec.id)).toEqual([])
    expect(await driver.list()).toEqual([])
  })

  test('tells what the VM uses', async () => {
    const { driver, recorded, vm } = await boot({ argv: programs.report })
    await recorded.until(() => recorded.lines.length > 0, 'the report')
    const stats = await vm.stats()
    expect(stats.memoryUsedMib).toBeGreaterThan(0)
    expect(stats.cpuUs).toBeGreaterThanOrEqual(0)
    expect(stats.diskReadBytes).toBeGreaterThanOrEqual(0)
    await end(vm, driver)
  })
}
