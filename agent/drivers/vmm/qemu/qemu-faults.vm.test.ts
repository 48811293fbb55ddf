/** What only a real guest can show: panics, memory, disks, the network, an agent that was away. */
import { connect } from 'node:net'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { GuestProcess, Vm, VmIdentity } from '../../vmm.ts'
import { mustRun, runCommand } from '../command.ts'
import { recorder } from '../vmm.contract.ts'
import { missingTools, qemuHarness } from './qemu-harness.ts'

const reason = missingTools()
const isRoot = process.getuid?.() === 0
const sh = (script: string): string[] => ['sh', '-c', script]
const wait = 'while :; do sleep 0.05; done'

describe.skipIf(reason !== null)(`QEMU faults${reason === null ? '' : ` (skipped: ${reason})`}`, { timeout: 90_000 }, async () => {
  if (reason !== null) return
  const harness = await qemuHarness()
  const { patienceMs } = harness
  afterAll(() => harness.dispose())

  async function boot(process: Partial<GuestProcess> & { argv: string[] }) {
    const spec = await harness.spec(process)
    const recorded = recorder(patienceMs)
    const vm = await harness.driver().start(spec, {}, recorded)
    return { spec, recorded, vm }
  }

  const finish = async (vm: Vm): Promise<void> => {
    await vm.kill()
    await harness.driver().cleanup(vm.identity.id)
  }

  test('a kernel panic while booting is told as such, with its line', async () => {
    const driver = harness.withOptions({ guestDir: await harness.guestWith('rdinit=/none') })
    const spec = await harness.spec({ argv: sh('true') })
    await expect(driver.start(spec, {}, recorder(patienceMs))).rejects.toMatchObject({
      code: 'guest_panic', message: expect.stringContaining('Kernel panic') as unknown,
    })
    expect(await driver.list()).toEqual([])
  })

  test('an agent that was away learns the exit and every log line when it returns', async () => {
    const { vm, recorded } = await boot({ argv: sh('sleep 0.5; for i in 1 2 3; do echo "last $i"; done; exit 5') })
    vm.detach()
    await new Promise((resolve) => { setTimeout(resolve, 3000) })
    const later = recorder(patienceMs)
    const [identity] = await harness.driver().list()
    const again = await harness.driver().attach(identity as VmIdentity, later)
    again?.ackLogs(3)
    await later.until(() => later.exits.length > 0, 'the exit')
    expect(later.lines.map(({ seq, line }) => [seq, line])).toEqual([[1, 'last 1'], [2, 'last 2'], [3, 'last 3']])
    expect(later.exits).toEqual([{ kind: 'process', code: 5, signal: null, oom: false }])
    expect(recorded.exits).toEqual([])
    await harness.driver().cleanup(vm.identity.id)
  })

  test('a VM whose agent died before noting its process is still found', async () => {
    const { vm, spec } = await boot({ argv: sh(wait) })
    const { writeAnchor } = await import('./anchor.ts')
    vm.detach()
    const unnoted = { id: spec.id, startId: spec.startId, memoryMib: 128, volumes: [], encrypted: [], machine: null, process: null }
    await writeAnchor(join(harness.vmsDir, spec.id), unnoted)
    expect(await harness.driver().list()).toEqual([vm.identity])
    const again = await harness.driver().attach(vm.identity, recorder(patienceMs))
    if (again) await finish(again)
    expect(await harness.driver().list()).toEqual([])
  })

  test('a flood while nobody listens keeps the newest lines, counts the lost ones, and the guest still obeys', async () => {
    const { vm, recorded } = await boot({ argv: sh(`sleep 0.3; awk 'BEGIN { for (i = 1; i <= 60000; i++) print "a rather long line of text number " i }'; echo done; ${wait}`) })
    vm.detach()
    await new Promise((resolve) => { setTimeout(resolve, 5000) })
    const later = recorder(patienceMs)
    const again = await harness.driver().attach(vm.identity, later)
    await later.until(() => later.lines.at(-1)?.line === 'done', 'the last line')
    expect(recorded.lines.length).toBeLessThan(60_001)
    const [gap] = later.lines
    expect(gap?.stream).toBe('system')
    expect(gap?.line).toBe(`${gap?.seq} log lines were dropped`)
    expect(later.lines.at(-1)?.seq).toBe(60_001)
    const numbers = later.lines.slice(1).map(({ seq }) => seq)
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => (gap?.seq ?? 0) + 1 + index))
    expect(await again?.exec(sh('echo obeyed'), { timeoutMs: patienceMs })).toMatchObject({ exitCode: 0, stdout: 'obeyed\n' })
    if (again) await finish(again)
  })

  test('an app that takes all memory is told from one that was killed', async () => {
    const { recorded, vm } = await boot({ argv: ['tail', '/dev/zero'] })
    vm.ackLogs(Number.MAX_SAFE_INTEGER)
    await recorded.until(() => recorded.exits.length > 0, 'the exit')
    expect(recorded.exits).toEqual([{ kind: 'process', code: null, signal: 9, oom: true }])
    await harness.driver().cleanup(vm.identity.id)
  })

  test('binary data passes a command unharmed in both directions', async () => {
    const { vm } = await boot({ argv: sh(wait) })
    const stdin = Array.from({ length: 40_000 }, (_, index) => String.fromCodePoint(index % 0x250)).join('')
    const result = await vm.exec(['cat'], { timeoutMs: patienceMs, stdin })
    expect(result.exitCode).toBe(0)
    expect(result.stdout === stdin).toBe(true)
    await finish(vm)
  })

  test('written files survive a restart on the same scratch disk, whose file system was left clean', async () => {
    const first = await boot({ argv: sh('echo kept > /srv-data; trap "exit 0" TERM; echo ready; ' + wait) })
    await first.recorded.until(() => first.recorded.lines.length > 0, 'ready')
    await first.vm.stop(patienceMs)
    const check = await runCommand(['/sbin/e2fsck', '-n', '-f', first.spec.scratch])
    expect(check.code, check.stdout).toBe(0)
    const superblock = await mustRun(['/sbin/dumpe2fs', '-h', first.spec.scratch])
    expect(superblock).toMatch(/Filesystem state: +clean/)
    expect(superblock).not.toMatch(/needs_recovery/)
    const recorded = recorder(patienceMs)
    const spec = { ...first.spec, startId: 'second', process: { ...first.spec.process, argv: sh(`cat /srv-data; ${wait}`) } }
    const vm = await harness.driver().start(spec, {}, recorded)
    await recorded.until(() => recorded.lines.length > 0, 'the file')
    expect(recorded.lines[0]?.line).toBe('kept')
    await finish(vm)
  })

  test('user networking lets the forwarded port in, and nothing out to the host', async () => {
    const { vm, spec } = await boot({ argv: sh('mkdir -p /www; echo inside > /www/index.html; httpd -f -p 8080 -h /www') })
    const { forward } = spec.network as { forward: { listenAddress: string; listenPort: number } }
    const fetchPage = (): Promise<string> => fetch(`http://${forward.listenAddress}:${forward.listenPort}/`).then((reply) => reply.text()).catch(() => '')
    await expect.poll(fetchPage, { timeout: patienceMs, interval: 100 }).toBe('inside\n')
    const out = await vm.exec(sh(`nc -w 2 10.0.2.2 ${forward.listenPort} < /dev/null`), { timeoutMs: patienceMs })
    expect(out.exitCode).not.toBe(0)
    await finish(vm)
    expect(await new Promise((resolve) => { connect(forward.listenPort, forward.listenAddress).on('connect', () => resolve('open')).on('error', () => resolve('closed')) }))
      .toBe('closed')
  })

  test('the guest knows its name, its users and the time', async () => {
    const { vm } = await boot({ argv: sh(wait), user: 'app' })
    const told = await vm.exec(sh('hostname 2>/dev/null || cat /etc/hostname; cat /etc/hosts | tail -1; id; date +%s; echo > /dev/stdout'), { timeoutMs: patienceMs })
    expect(told.exitCode, told.stderr).toBe(0)
    const [hostname, hosts, id, seconds] = told.stdout.split('\n')
    expect(hostname).toBe('guest-one')
    expect(hosts).toBe('10.0.2.15\tguest-one')
    expect(id).toBe('uid=999(app) gid=998(app) groups=777(extra)')
    expect(Math.abs(Number(seconds) - Date.now() / 1000)).toBeLessThan(5)
    await finish(vm)
  })

  test('an unknown user is refused by name', async () => {
    const { recorded, vm } = await boot({ argv: sh('true'), user: 'nobody-here' })
    await recorded.until(() => recorded.exits.length > 0, 'the exit')
    expect(recorded.lines[0]?.line).toBe('user not found in the image: nobody-here')
    expect(recorded.exits).toMatchObject([{ kind: 'process', code: 126 }])
    await harness.driver().cleanup(vm.identity.id)
  })

  test.skipIf(!isRoot)('QEMU runs under the uid of its VM, with no capability, in a seccomp filter, outside the agent', async () => {
    const { vm, spec } = await boot({ argv: sh(wait) })
    const status = await readFile(`/proc/${vm.identity.pid}/status`, 'utf8')
    expect(status).toMatch(new RegExp(`Uid:\\s+${spec.uid}\\s+${spec.uid}\\s+${spec.uid}\\s+${spec.uid}`))
    expect(status).toMatch(/CapEff:\s+0000000000000000/)
    expect(status).toMatch(/NoNewPrivs:\s+1/)
    expect(status).toMatch(/Seccomp:\s+2/)
    expect(status).not.toMatch(new RegExp(`PPid:\\s+${process.pid}\\b`))
    await finish(vm)
  })

  test('what QEMU refuses is told by its own words, and a full disk by its code', async () => {
    const spec = await harness.spec({ argv: sh('true') })
    const broken = { ...spec, scratch: join(harness.folder, 'absent.ext4') }
    await expect(harness.driver().start(broken, {}, recorder(patienceMs))).rejects.toMatchObject({
      code: 'vmm_failed', message: expect.stringContaining('absent.ext4') as unknown,
    })
    expect(await readdir(join(harness.vmsDir, spec.id))).toContain('vm.json')
    await harness.driver().cleanup(spec.id)
    const { launchError } = await import('./launch.ts')
    expect(launchError('qemu: write: No space left on device').code).toBe('no_space')
  })
})
