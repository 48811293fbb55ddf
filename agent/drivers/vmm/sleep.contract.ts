/** What every VMM driver promises of VMs that sleep; run against the fake and against real QEMU. */
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { SnapshotError, type Vm, type VmmDriver } from '../vmm.ts'
import { recorder, type Harness, type Recorder } from './vmm.contract.ts'

const last = (recorded: Recorder): number => recorded.lines.at(-1)?.seq ?? 0

export function sleepContract({ driver: newDriver, spec: newSpec, programs, execs, patienceMs, leftovers }: Harness): void {
  async function ticking() {
    const driver = newDriver()
    const spec = await newSpec({ argv: programs.ticker })
    const recorded = recorder(patienceMs)
    const vm = await driver.start(spec, {}, recorded)
    await recorded.until(() => recorded.lines.length > 20, 'ticks')
    return { driver, spec, recorded, vm }
  }

  const end = async (vm: Vm, driver: VmmDriver): Promise<void> => {
    await vm.kill()
    await driver.cleanup(vm.identity.id)
  }

  test('a VM that slept goes on in the middle of what it did, several times over', async () => {
    const { driver, spec, recorded, vm } = await ticking()
    let [awake, heard] = [vm, recorded]
    for (let night = 0; night < 3; night += 1) {
      const key = randomBytes(32)
      const before = last(heard)
      const slept = await awake.suspend(key)
      expect(slept.bytes).toBeGreaterThan(0)
      expect(await driver.list()).toEqual([])
      const next = recorder(patienceMs)
      awake = await newDriver().resume(spec, key, next)
      expect(awake.identity).toMatchObject({ id: spec.id, startId: spec.startId })
      await next.until(() => last(next) > before + 20, 'ticks after waking')
      expect(next.started).toBe(1)
      for (const { seq, line } of next.lines) expect(line).toBe(`tick ${seq}`)
      heard = next
    }
    expect(recorded.exits).toEqual([])
    const from = performance.now()
    expect(await awake.exec(execs.streams, { timeoutMs: patienceMs, stdin: 'x' }).catch((error: unknown) => error)).toBeTruthy()
    expect(performance.now() - from).toBeLessThan(patienceMs)
    await end(awake, driver)
    expect(heard.exits).toHaveLength(1)
  })

  test('a snapshot serves once, and only with its own key', async () => {
    const { driver, spec, vm } = await ticking()
    const key = randomBytes(32)
    await vm.suspend(key)
    await expect(newDriver().resume(spec, randomBytes(32), recorder(patienceMs))).rejects.toBeInstanceOf(SnapshotError)
    expect(await driver.list()).toEqual([])
    await expect(newDriver().resume({ ...spec, startId: 'another' }, key, recorder(patienceMs))).rejects.toBeInstanceOf(SnapshotError)
    const again = await newDriver().resume(spec, key, recorder(patienceMs))
    await again.kill()
    await expect(newDriver().resume(spec, key, recorder(patienceMs))).rejects.toBeInstanceOf(SnapshotError)
    await driver.cleanup(spec.id)
  })

  test('a cold start makes the snapshot of the one before worthless', async () => {
    const { driver, spec, vm } = await ticking()
    const key = randomBytes(32)
    await vm.suspend(key)
    const recorded = recorder(patienceMs)
    const cold = await driver.start({ ...spec, startId: `${spec.startId}-again` }, {}, recorded)
    await recorded.until(() => recorded.lines.length > 0, 'a first tick')
    expect(recorded.lines[0]?.line).toBe('tick 1')
    await cold.kill()
    await expect(newDriver().resume(spec, key, recorder(patienceMs))).rejects.toBeInstanceOf(SnapshotError)
    await driver.cleanup(spec.id)
  })

  test('cleaning up after a VM that sleeps leaves nothing', async () => {
    const { driver, spec, vm } = await ticking()
    const key = randomBytes(32)
    await vm.suspend(key)
    await driver.cleanup(spec.id)
    expect(await leftovers(spec.id)).toEqual([])
    await expect(newDriver().resume(spec, key, recorder(patienceMs))).rejects.toBeInstanceOf(SnapshotError)
  })

  test('open terminals are counted', async () => {
    const { driver, vm } = await ticking()
    expect(vm.openSessions()).toBe(0)
    const deaf = { onOutput: () => {}, onTaken: () => {}, onEnd: () => {} }
    const session = vm.session({ argv: execs.hang, env: {}, terminal: null, timeoutMs: null, credit: 1000 }, deaf)
    expect(vm.openSessions()).toBe(1)
    session.hangUp()
    await expect.poll(() => vm.openSessions(), { timeout: patienceMs }).toBe(0)
    await end(vm, driver)
  })
}
