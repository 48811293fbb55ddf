/** What the contract does not ask: the order and limits of the API, files of other disks and owners, ends that nobody asked for. */
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { firecrackerHarness, missingForDoubles } from '../../../testing/firecracker/harness.ts'
import { guestAssets } from '../../../guest/assets.ts'
import { runCommand, tryCommand } from '../../command.ts'
import type { GuestProcess, SessionEnd, VmSpec } from '../../vmm.ts'
import { connectSocket } from '../guest/socket.ts'
import { recorder } from '../vmm.contract.ts'
import { FirecrackerApi } from './api.ts'
import type { ApiCall } from './api-types.ts'
import { deviceNumbers } from './jail.ts'
import { jailerArguments } from './jailer.ts'
import { DEFAULT_LIMITS, bootCalls } from './machine.ts'
import { readRecord, writeRecord } from './record.ts'
import { triesToBoot } from './trial-boot.ts'
import type { FirecrackerVm } from './vm.ts'

const reason = missingForDoubles()

describe.skipIf(reason !== null)(`Firecracker faults${reason === null ? '' : ` (skipped: ${reason})`}`, { timeout: 60_000 }, async () => {
  if (reason !== null) return
  const harness = await firecrackerHarness()
  const driver = harness.withOptions({})
  afterAll(() => harness.dispose())

  async function boot(process: Partial<GuestProcess> & { argv: string[] }, change: Partial<VmSpec> = {}) {
    const spec = { ...(await harness.spec(process)), ...change }
    const recorded = recorder(harness.patienceMs)
    const vm = (await driver.start(spec, {}, recorded)) as FirecrackerVm
    const finish = async (): Promise<void> => {
      await vm.kill()
      await driver.cleanup(spec.id)
      expect(await harness.leftovers(spec.id)).toEqual([])
    }
    return { spec, vm, recorded, finish }
  }

  test('makes exactly the calls of its plan, over one connection, and none again after the start', async () => {
    const { spec, vm, finish } = await boot({ argv: ['report'] })
    const planned = bootCalls({ ...spec, limits: DEFAULT_LIMITS, kernelArguments: await readFile(guestAssets(driver.context.guestDir).kernelArguments, 'utf8') })
    expect(await harness.calls(spec.id)).toEqual(JSON.parse(JSON.stringify(planned)))
    for (const call of planned) await expect(vm.parts.api.call(call)).rejects.toMatchObject({ code: 'vmm_failed', message: expect.stringContaining('not supported after starting') as string })
    await finish()
  })

  test('a body above the limit is not sent, and the eleventh connection is turned away while ours stays', async () => {
    const { spec, vm, finish } = await boot({ argv: ['report'] })
    const large: ApiCall = { method: 'PUT', path: '/mmds', body: { text: 'x'.repeat(51_200) } }
    await expect(vm.parts.api.call(large)).rejects.toThrow('more than 51200 bytes')
    const sockets = await Promise.all(Array.from({ length: 12 }, () => connectSocket(join(harness.rootOf(spec.id), 'run'), 'fc.sock')))
    const refused = await Promise.race(sockets.map((socket) => new Promise<string>((resolve) => { socket.on('error', () => {}).once('data', (bytes) => resolve(bytes.toString())) })))
    expect(refused).toContain('503')
    expect(await Promise.all(Array.from({ length: 30 }, () => vm.parts.api.info()))).toHaveLength(30)
    for (const socket of sockets) socket.destroy()
    await finish()
  })

  test.each<[string, (argv: string[]) => string[]]>([
    ['control groups of version 1, the default', (argv) => argv.filter((argument, at) => argument !== '--cgroup-version' && argv[at - 1] !== '--cgroup-version')],
    ['an argument it does not know', (argv) => ['--memory', '1', ...argv]],
    ['an id with an underscore', (argv) => argv.map((argument) => (argument === 'ins-1' ? 'ins_1' : argument))],
    ['a group outside its own', (argv) => argv.map((argument) => (argument === 'shellwego.slice' ? '../x' : argument))],
    ['a binary that is not Firecracker', (argv) => argv.map((argument) => (argument.endsWith('/firecracker') ? '/bin/true' : argument))],
    ['a limit it does not know', (argv) => argv.map((argument) => argument.replace('no-file=', 'nofile='))],
  ])('the jailer refuses %s', async (_, spoil) => {
    const { firecracker, jailer } = driver.context
    const argv = jailerArguments({ jailId: 'ins-1', execFile: firecracker, uid: 30_101, chrootBase: harness.folder, vcpu: 1, limitMib: 192 })
    const { code, stderr } = await tryCommand([jailer, ...spoil(argv)])
    expect([code, stderr]).toEqual([1, expect.stringContaining('Jailer error')])
  })

  test('a kernel panic while booting is told as such, with its line, and leaves no process', async () => {
    const panicking = harness.withOptions({ guestDir: await harness.guestWith('shellwego_disks=config,scratch,root') })
    const spec = await harness.spec({ argv: ['report'] })
    await expect(panicking.start(spec, {}, recorder(1000))).rejects.toMatchObject({ code: 'guest_panic', message: expect.stringContaining('Kernel panic') as string })
    expect(await driver.list()).toEqual([])
    await driver.cleanup(spec.id)
  })

  test('an end from outside is heard at once, and told', async () => {
    const { vm, recorded, spec } = await boot({ argv: ['report'] })
    process.kill(vm.identity.pid, 'SIGKILL')
    const from = performance.now()
    await recorded.until(() => recorded.exits.length > 0, 'the end')
    expect(performance.now() - from).toBeLessThan(400)
    expect(recorded.exits).toEqual([{ kind: 'vmm', reason: 'killed', detail: 'the VM process ended without a word' }])
    await driver.cleanup(spec.id)
  })

  test('a guest that no longer listens hears the keyboard, and its VMM ends when that does not help', async () => {
    const { vm, recorded, spec } = await boot({ argv: ['stubborn'] })
    vm.channel.close()
    await new Promise((resolve) => { setTimeout(resolve, 100) })
    await vm.stop(100)
    expect(await harness.calls(spec.id)).toContainEqual({ method: 'PUT', path: '/actions', body: { action_type: 'SendCtrlAltDel' } })
    expect(recorded.exits).toMatchObject([{ kind: 'vmm', reason: 'killed' }])
    await driver.cleanup(spec.id)
  })

  test('a VM whose agent died before noting its process is found, and a reused pid is not taken for one', async () => {
    const { vm, spec, finish } = await boot({ argv: ['report'] })
    const { jails } = driver.context
    const record = await readRecord(jails, spec.id)
    if (record === null) throw new Error('no record')
    await writeRecord(jails, { ...record, process: null })
    expect(await harness.withOptions({}).list()).toEqual([vm.identity])
    await writeRecord(jails, { ...record, process: { ...vm.identity, pid: process.pid } })
    expect(await harness.withOptions({}).list()).toEqual([])
    await writeRecord(jails, record)
    await finish()
  })

  test('a volume is copied while the guest stands still, grows, and the guest goes on whatever happens', async () => {
    const path = join(harness.folder, 'data.img')
    await writeFile(path, 'before')
    const { vm, recorded, spec, finish } = await boot({ argv: ['ticker'] }, { volumes: [{ id: 'vol_1', path, mountPath: '/data', readOnly: false, encrypted: false }] })
    await vm.copyVolume('vol_1', `${path}.copy`)
    expect(await readFile(`${path}.copy`, 'utf8')).toBe('before')
    await expect(vm.copyVolume('vol_1', '/nowhere/copy')).rejects.toMatchObject({ code: 'vmm_failed' })
    await expect(vm.copyVolume('vol_2', `${path}.copy`)).rejects.toThrow('no volume vol_2')
    await truncate(path, 8192)
    await vm.growVolume('vol_1')
    const after = (await harness.calls(spec.id)).filter(({ method }) => method === 'PATCH').map(({ path: at, body }) => [at, body['state'] ?? body['path_on_host']])
    expect(after).toEqual([['/vm', 'Paused'], ['/vm', 'Resumed'], ['/vm', 'Paused'], ['/vm', 'Resumed'], ['/drives/vol0', '/vol0']])
    const seen = recorded.lines.length
    await recorded.until(() => recorded.lines.length > seen + 20, 'ticks after the copies')
    expect((await stat(path)).uid).toBe(spec.uid)
    await finish()
  })

  test('a disk on another file system is mounted into the jail, and the mount goes with it', async () => {
    const elsewhere = await mkdtemp('/dev/shm/shellwego-fc-')
    const scratch = join(elsewhere, 'scratch')
    await writeFile(scratch, Buffer.alloc(4096))
    const { spec, finish } = await boot({ argv: ['report'] }, { scratch })
    const mounted = async (): Promise<boolean> => (await readFile('/proc/self/mountinfo', 'utf8')).includes(`${spec.id}/root/scratch.ext4`)
    expect(await mounted()).toBe(true)
    await finish()
    expect(await mounted()).toBe(false)
    await rm(elsewhere, { recursive: true })
  })

  test.skipIf(!existsSync('/dev/net/tun'))('a tap is opened by the user of its VM alone', async () => {
    const ip = (...words: string[]): Promise<string> => runCommand(['ip', ...words])
    onTestFinished(() => void tryCommand(['ip', 'link', 'del', 'swgfctest0']))
    const network = { kind: 'tap', ifname: 'swgfctest0', mac: '02:00:00:00:00:01', address: '10.99.0.2/24', gateway: '10.99.0.1', dns: '10.99.0.1' } as const
    const spec = { ...(await harness.spec({ argv: ['report'] })), network }
    await ip('tuntap', 'add', 'dev', network.ifname, 'mode', 'tap', 'user', String(Number(spec.uid) + 1))
    await expect(driver.start(spec, {}, recorder(1000))).rejects.toThrow('Operation not permitted')
    await ip('link', 'del', network.ifname)
    await ip('tuntap', 'add', 'dev', network.ifname, 'mode', 'tap', 'user', String(spec.uid))
    const vm = await driver.start(spec, {}, recorder(1000))
    await vm.kill()
    await driver.cleanup(spec.id)
    await expect(driver.start({ ...spec, network: { kind: 'user', mac: network.mac, forward: { listenAddress: '127.0.0.1', listenPort: 1, guestPort: 1 } } }, {}, recorder(1000))).rejects.toThrow('no user networking')
    await driver.cleanup(spec.id)
  })

  test('a session carries input, output and its end', async () => {
    const { vm, finish } = await boot({ argv: ['report'] })
    const output: string[] = []
    const ended = new Promise<SessionEnd>((resolve) => {
      const session = vm.session({ argv: ['streams'], env: {}, terminal: null, timeoutMs: null, credit: 65_536 }, { onOutput: (stream, bytes) => output.push(`${stream}: ${bytes.toString()}`), onTaken: () => {}, onEnd: resolve })
      session.write(Buffer.from('typed'))
      session.endInput()
    })
    expect(await ended).toEqual({ kind: 'exited', code: 7, timedOut: false })
    expect(output.join('|')).toContain('stdout: typed')
    await finish()
  })

  test('the throw-away VM answers and leaves nothing; one that hangs is told', async () => {
    expect(await triesToBoot(driver, 30_102, 10_000)).toBeNull()
    expect(await triesToBoot(harness.hungDriver() as typeof driver, 30_102, 300)).toBe('its init did not answer within 0.3 s')
    expect(await harness.leftovers('probe-')).toEqual([])
  })

  test('a control socket that answers under another name is not our VM', async () => {
    const { vm, spec, finish } = await boot({ argv: ['report'] })
    const { jails } = driver.context
    const record = await readRecord(jails, spec.id)
    expect((await new FirecrackerApi(harness.rootOf(spec.id)).info()).id).toBe(record?.jailId)
    expect(await driver.attach({ ...vm.identity, pid: process.pid }, recorder(1000))).toBeNull()
    await finish()
  })
})

test('device numbers of large and small devices', () => {
  expect(deviceNumbers(0x0103)).toEqual([1, 3])
  expect(deviceNumbers((259 << 8) | 5)).toEqual([259, 5])
  expect(deviceNumbers(0x1000_e6_00 | 0x34)).toEqual([0xe6, 0x1_00_34])
})
