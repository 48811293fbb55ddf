/** Sleep against doubles: the contract, what lies in clear when, room in memory, and an agent that dies at each step. Mounts are real. */
import { randomBytes } from 'node:crypto'
import { readdir, readFile, stat, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { firecrackerHarness, missingForDoubles } from '../../../testing/firecracker/harness.ts'
import { SnapshotError, type VmIdentity } from '../../vmm.ts'
import { killNow, waitGone } from '../process.ts'
import { sleepContract } from '../sleep.contract.ts'
import { recorder } from '../vmm.contract.ts'
import { save } from './asleep.ts'
import { HostMemory } from './host-memory.ts'
import { JAIL } from './machine.ts'
import { mountPoints } from './memory-folder.ts'
import { readRecord, snapshotPath, writeRecord } from './record.ts'
import type { FirecrackerVm } from './vm.ts'

const reason = missingForDoubles()
const SECRET = 'canary-that-lies-in-memory'

describe.skipIf(reason !== null)(`Firecracker VMs that sleep${reason === null ? '' : ` (skipped: ${reason})`}`, { timeout: 60_000 }, async () => {
  if (reason !== null) return
  const harness = await firecrackerHarness()
  const { patienceMs } = harness
  const driver = harness.withOptions({ bootRetries: 0 })
  const { jails } = driver.context
  const key = randomBytes(32)
  sleepContract(harness)
  afterAll(() => harness.dispose())

  async function ticking(own = driver) {
    const spec = await harness.spec({ argv: ['ticker'] })
    const recorded = recorder(patienceMs)
    const vm = (await own.start(spec, { SECRET }, recorded)) as FirecrackerVm
    await recorded.until(() => recorded.lines.length > 5, 'ticks')
    const folder = join(harness.rootOf(spec.id), JAIL.memoryFolder)
    const finish = async (awake: { kill(): Promise<void> } | null): Promise<void> => {
      await awake?.kill()
      await driver.cleanup(spec.id)
      expect(await harness.leftovers(spec.id)).toEqual([])
      expect(await mounted(folder)).toBe(false)
    }
    return { spec, recorded, vm, folder, sealed: snapshotPath(jails, spec.id), finish }
  }

  const mounted = async (folder: string): Promise<boolean> => (await mountPoints()).includes(folder)
  const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => false)
  const onlyOne = async (id: string): Promise<VmIdentity> => (await driver.list()).find((identity) => identity.id === id) as VmIdentity

  test('memory lies in clear only in a limited tmpfs of the VM, and neither asleep nor awake', async () => {
    const { spec, vm, folder, sealed, finish } = await ticking()
    const options = (await readFile('/proc/self/mounts', 'utf8')).split('\n').find((line) => line.includes(` ${folder} `)) ?? ''
    expect(options).toMatch(/^tmpfs \S+ tmpfs \S*nosuid,nodev,noexec/)
    expect(options).toContain(`uid=${spec.uid}`)
    if (await driver.context.hostMemory.pins()) expect(options).toContain('noswap')
    const { blocks, bsize } = await statfs(folder)
    expect(blocks * bsize).toBe((spec.memoryMib + 16) * 2 ** 20)
    const { bytes } = await vm.suspend(key)
    expect((await stat(sealed)).size).toBe(bytes)
    expect(bytes).toBeLessThan(1 << 20)
    expect((await stat(sealed)).mode & 0o777).toBe(0o600)
    expect((await readFile(sealed)).includes(SECRET)).toBe(false)
    expect([await mounted(folder), await exists(harness.rootOf(spec.id))]).toEqual([false, false])
    const awake = await driver.resume(spec, key, recorder(patienceMs))
    expect(await readdir(folder)).toEqual([])
    expect(await exists(sealed)).toBe(false)
    expect((await statfs(folder)).blocks * bsize).toBe((2 * spec.memoryMib + 16) * 2 ** 20)
    expect((await harness.calls(spec.id)).map(({ path, body }) => [path, body['resume_vm'] ?? body['state'] ?? null])).toEqual([['/logger', null], ['/snapshot/load', false], ['/vm', 'Resumed']])
    await finish(awake)
  })

  test('without room for the copy a VM stays awake, and one that sleeps boots cold; with swap in clear too', async () => {
    const facts = { totalMib: 4096, availableMib: 4096, swaps: [{ name: '/dev/sda2', safe: false }] }
    let availableMib = 600
    const host = (canPin: boolean) => new HostMemory(() => Promise.resolve({ ...facts, availableMib }), () => Promise.resolve(canPin))
    const short = harness.withOptions({ hostMemory: host(true) })
    const { spec, vm, recorded, sealed, finish } = await ticking(short)
    await expect(vm.suspend(key)).rejects.toThrow('needs 128 MiB, and the host has 88 MiB to spare')
    expect((await harness.calls(spec.id)).at(-1)?.path).toBe('/actions')
    const seen = recorded.lines.length
    await recorded.until(() => recorded.lines.length > seen + 20, 'ticks')
    availableMib = 640
    await vm.suspend(key)
    availableMib = 600
    await expect(short.resume(spec, key, recorder(patienceMs))).rejects.toBeInstanceOf(SnapshotError)
    expect(await exists(sealed)).toBe(true)
    await finish(null)
    const open = await ticking(harness.withOptions({ hostMemory: host(false) }))
    await expect(open.vm.suspend(key)).rejects.toThrow('swap in clear (/dev/sda2)')
    await open.finish(open.vm)
  })

  test('a damaged snapshot is refused, nothing runs, and the VM boots cold', async () => {
    const { spec, vm, sealed, folder, finish } = await ticking()
    await vm.suspend(key)
    const whole = await readFile(sealed)
    const broken = Buffer.from(whole)
    broken.writeUInt8(broken.readUInt8(whole.length - 40) ^ 1, whole.length - 40)
    await writeFile(sealed, broken)
    await expect(driver.resume(spec, key, recorder(patienceMs))).rejects.toThrow('damaged')
    expect([await driver.list(), await mounted(folder)]).toEqual([[], false])
    await expect(driver.resume({ ...spec, memoryMib: 256 }, key, recorder(patienceMs))).rejects.toThrow('another machine or version')
    const recorded = recorder(patienceMs)
    const cold = await driver.start({ ...spec, startId: 'cold' }, {}, recorded)
    await recorded.until(() => recorded.lines[0]?.line === 'tick 1', 'the cold boot')
    expect([await exists(sealed), await mounted(folder)]).toEqual([false, true])
    await finish(cold)
  })

  test('what Firecracker wrote is a file of the size of the memory, or nothing is kept', async () => {
    const { vm, recorded, sealed, folder, finish } = await ticking()
    const { api } = vm.parts
    const call = api.call.bind(api)
    api.call = async (one, limitMs) => {
      await call(one, limitMs)
      if (one.path === '/snapshot/create') await writeFile(join(folder, 'memory'), 'short')
    }
    await expect(vm.suspend(key)).rejects.toThrow('wrote 5 bytes for 128 MiB')
    expect([await exists(sealed), await readdir(folder)]).toEqual([false, []])
    const seen = recorded.lines.length
    await recorded.until(() => recorded.lines.length > seen + 20, 'ticks')
    await finish(vm)
  })

  test.each(['paused', 'written', 'sealed'])('an agent that died when memory was %s finds the VM awake, and no snapshot that could be woken too', async (where) => {
    const { spec, vm, recorded, sealed, folder, finish } = await ticking()
    const { api } = vm.parts
    if (where === 'sealed') await save(vm.parts, vm.identity.pid, key)
    else await api.call({ method: 'PATCH', path: '/vm', body: { state: 'Paused' } })
    if (where === 'written') await api.call({ method: 'PUT', path: '/snapshot/create', body: { snapshot_type: 'Full', snapshot_path: JAIL.snapshot.state, mem_file_path: JAIL.snapshot.memory } })
    expect([where, await readdir(folder), await exists(sealed)]).toEqual([where, where === 'written' ? ['memory', 'state'] : [], where === 'sealed'])
    vm.detach()
    const later = recorder(patienceMs)
    const again = await harness.withOptions({}).attach(await onlyOne(spec.id), later)
    await later.until(() => (later.lines.at(-1)?.seq ?? 0) > recorded.lines.length + 20, 'ticks')
    expect([await exists(sealed), await readdir(folder)]).toEqual([false, []])
    await finish(again)
  })

  test('an agent that died together with the VM while memory lay in clear leaves nothing of it once there is one again', async () => {
    const { spec, vm, folder, finish } = await ticking()
    await vm.parts.api.call({ method: 'PATCH', path: '/vm', body: { state: 'Paused' } })
    await vm.parts.api.call({ method: 'PUT', path: '/snapshot/create', body: { snapshot_type: 'Full', snapshot_path: JAIL.snapshot.state, mem_file_path: JAIL.snapshot.memory } })
    vm.detach()
    killNow(vm.identity)
    await waitGone(vm.identity, 5_000)
    expect((await readFile(join(folder, 'memory'))).includes(SECRET)).toBe(true)
    expect((await harness.withOptions({}).list()).map(({ id }) => id)).not.toContain(spec.id)
    expect([await mounted(folder), await exists(join(folder, 'memory'))]).toEqual([false, false])
    await finish(null)
  })

  test.each(['/snapshot/load', '/vm'] as const)('an agent that died before %s of a VM that wakes leaves one of both', async (path) => {
    const { spec, vm, sealed, folder, finish } = await ticking()
    await vm.suspend(key)
    const kept = await readFile(sealed)
    const { FirecrackerApi } = await import('./api.ts')
    const { call } = FirecrackerApi.prototype
    // As if the agent had died at that call: nothing after it happens, and nobody ends the process.
    const died = new Promise<void>((resolve) => {
      FirecrackerApi.prototype.call = function (this: InstanceType<typeof FirecrackerApi>, one, limitMs) {
        if (one.path !== path) return call.call(this, one, limitMs)
        resolve()
        return new Promise(() => {})
      }
    })
    void driver.resume(spec, key, recorder(patienceMs))
    await died
    FirecrackerApi.prototype.call = call
    const waits = path === '/snapshot/load'
    expect([await exists(sealed), await readdir(folder)]).toEqual([waits, waits ? ['memory', 'state'] : []])
    const later = recorder(patienceMs)
    const next = harness.withOptions({})
    const again = await next.attach(await onlyOne(spec.id), later)
    expect(again === null).toBe(waits)
    expect(await mounted(folder)).toBe(!waits)
    if (waits) expect((await readFile(sealed)).equals(kept)).toBe(true)
    const awake = again ?? (await next.resume(spec, key, later))
    await later.until(() => later.lines.length > 20, 'ticks')
    expect(await exists(sealed)).toBe(false)
    await finish(awake)
  })

  test('one that an earlier version started stays awake', async () => {
    const { spec, vm, finish } = await ticking()
    const record = await readRecord(jails, spec.id)
    if (record === null) throw new Error('no record')
    vm.detach()
    await writeRecord(jails, { ...record, machine: null })
    const again = await harness.withOptions({}).attach(await onlyOne(spec.id), recorder(patienceMs))
    await expect(again?.suspend(key)).rejects.toThrow('started by an earlier version')
    await finish(again)
  })
})
