/** Sleep of real guests: the contract, what only a real guest can show, and an agent that dies in the middle. */
import { randomBytes } from 'node:crypto'
import { copyFile, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { SnapshotError, type VmIdentity } from '../../vmm.ts'
import { sleepContract } from '../sleep.contract.ts'
import { recorder } from '../vmm.contract.ts'
import { vmFiles } from './anchor.ts'
import { missingTools, qemuHarness } from './qemu-harness.ts'
import { Qmp } from './qmp.ts'
import { save } from './snapshot.ts'

const reason = missingTools()
const sh = (script: string): string[] => ['sh', '-c', script]
const SECRET = 'canary-that-lies-in-memory'

describe.skipIf(reason !== null)(`sleeping VMs${reason === null ? '' : ` (skipped: ${reason})`}`, { timeout: 120_000 }, async () => {
  if (reason !== null) return
  const harness = await qemuHarness()
  const { patienceMs } = harness
  sleepContract(harness)
  afterAll(() => harness.dispose())

  async function boot(script: string) {
    const spec = await harness.spec({ argv: sh(script) })
    const recorded = recorder(patienceMs)
    const vm = await harness.driver().start(spec, { SECRET }, recorded)
    await recorded.until(() => recorded.lines.length > 0, 'a line')
    return { spec, vm, recorded, files: vmFiles(join(harness.vmsDir, spec.id)) }
  }

  const resume = (spec: Parameters<ReturnType<typeof harness.driver>['resume']>[0], key: Buffer) => harness.driver().resume(spec, key, recorder(patienceMs))
  const page = (spec: Awaited<ReturnType<typeof boot>>['spec']): Promise<number> => {
    const { forward } = spec.network as { forward: { listenAddress: string; listenPort: number } }
    return fetch(`http://${forward.listenAddress}:${forward.listenPort}/passwd`).then((reply) => reply.status).catch(() => 0)
  }

  test('after waking the clock is right, the address the same, what was written on the disk, and nothing of it in clear', async () => {
    const { spec, vm, files } = await boot('httpd -p 8080 -h /etc; echo written > /kept; echo up; while :; do sleep 1; done')
    await expect.poll(() => page(spec), { timeout: patienceMs, interval: 50 }).toBe(200)
    const key = randomBytes(32)
    const { bytes } = await vm.suspend(key)
    expect((await stat(files.snapshot)).size).toBe(bytes)
    expect((await readFile(files.snapshot)).includes(SECRET)).toBe(false)
    expect(await harness.diskBytes(spec).then((all) => all.includes(SECRET))).toBe(false)
    await new Promise((resolve) => { setTimeout(resolve, 3000) })
    const from = performance.now()
    const again = await resume(spec, key)
    expect(await page(spec)).toBe(200)
    const tookMs = performance.now() - from
    const told = await again.exec(sh('date +%s; cat /kept; echo $SECRET'), { timeoutMs: patienceMs })
    const [seconds, kept, secret] = told.stdout.split('\n')
    expect(Math.abs(Number(seconds) - Date.now() / 1000)).toBeLessThan(2)
    expect([kept, secret]).toEqual(['written', SECRET])
    expect(tookMs).toBeLessThan(5000)
    await expect(stat(files.snapshot)).rejects.toThrow('ENOENT')
    await again.kill()
    await harness.driver().cleanup(spec.id)
  })

  test('two guests out of one snapshot do not draw the same random numbers', async () => {
    const { spec, vm, files } = await boot('echo up; while :; do sleep 1; done')
    const key = randomBytes(32)
    await vm.suspend(key)
    const kept = `${harness.folder}/kept`
    await copyFile(files.snapshot, kept)
    const drawn: string[] = []
    for (let turn = 0; turn < 2; turn += 1) {
      await copyFile(kept, files.snapshot)
      const again = await resume(spec, key)
      drawn.push((await again.exec(sh('cat /proc/sys/kernel/random/uuid'), { timeoutMs: patienceMs })).stdout)
      await again.kill()
    }
    expect(drawn[0]).not.toBe(drawn[1])
    expect(drawn[0]).not.toBe('')
    await harness.driver().cleanup(spec.id)
  })

  test('a damaged or cut snapshot, or one of another machine, is refused, and the VM boots cold', async () => {
    const { spec, vm, files } = await boot('echo up; while :; do sleep 1; done')
    const key = randomBytes(32)
    await vm.suspend(key)
    const whole = await readFile(files.snapshot)
    const broken = Buffer.from(whole)
    broken.writeUInt8(broken.readUInt8(whole.length >> 1) ^ 1, whole.length >> 1)
    await writeFile(files.snapshot, broken)
    await expect(resume(spec, key)).rejects.toBeInstanceOf(SnapshotError)
    await writeFile(files.snapshot, whole)
    await truncate(files.snapshot, whole.length - 100)
    await expect(resume(spec, key)).rejects.toBeInstanceOf(SnapshotError)
    await writeFile(files.snapshot, whole)
    await expect(resume({ ...spec, memoryMib: 160 }, key)).rejects.toThrow('another machine or version')
    expect(await harness.driver().list()).toEqual([])
    const recorded = recorder(patienceMs)
    const cold = await harness.driver().start({ ...spec, startId: 'cold' }, {}, recorded)
    await recorded.until(() => recorded.lines.length > 0, 'the cold boot')
    await cold.kill()
    await harness.driver().cleanup(spec.id)
  })

  test.each(['stopped', 'saved'])('an agent that died when the guest was %s finds it awake, and no snapshot that could be woken too', async (where) => {
    const { spec, vm, files, recorded } = await boot('i=0; while :; do i=$((i+1)); echo "tick $i"; usleep 20000; done')
    const [identity] = await harness.driver().list()
    vm.detach()
    const qmp = await Qmp.connect(files.run, () => {})
    const key = randomBytes(32)
    if (where === 'stopped') await qmp.execute('stop')
    else await save(qmp, { path: files.snapshot, runFolder: files.run }, { startId: spec.startId, machine: 'any' }, key)
    qmp.close()
    const later = recorder(patienceMs)
    const again = await harness.driver().attach(identity as VmIdentity, later)
    const seen = recorded.lines.length
    await later.until(() => (later.lines.at(-1)?.seq ?? 0) > seen + 10, 'ticks')
    await expect(stat(files.snapshot)).rejects.toThrow('ENOENT')
    await again?.kill()
    await harness.driver().cleanup(spec.id)
  })

  test('an agent that died while the memory came back leaves a snapshot that can still be woken', async () => {
    const { spec, vm, files } = await boot('echo up; while :; do sleep 1; done')
    const key = randomBytes(32)
    await vm.suspend(key)
    const kept = await readFile(files.snapshot)
    // A QEMU that waits for memory nobody sends: as if the agent had died at that moment.
    const { launchQemu } = await import('./launch.ts')
    const { guestAssets } = await import('../../../guest/assets.ts')
    const { processName, readAnchor, writeAnchor } = await import('./anchor.ts')
    const anchor = await readAnchor(join(harness.vmsDir, spec.id))
    if (!anchor) throw new Error('no anchor')
    await writeAnchor(join(harness.vmsDir, spec.id), { ...anchor, process: null })
    const { accelerator } = await harness.driver().probe()
    const qmp = await launchQemu({
      qemu: 'qemu-system-x86_64', runFolder: files.run, name: processName(spec.id, spec.startId), uid: spec.uid, accelerator, vcpu: 1, memoryMib: 128,
      kernelArguments: (await readFile(guestAssets(harness.guestDir).kernelArguments, 'utf8')).trim(), assets: guestAssets(harness.guestDir),
      disks: { root: spec.rootfs, scratch: spec.scratch, config: files.config, volumes: [] }, network: spec.network, incoming: true, onEvent: () => {},
    })
    qmp.close()
    const [identity] = await harness.driver().list()
    expect(await harness.driver().attach(identity as VmIdentity, recorder(patienceMs))).toBeNull()
    expect(await harness.driver().list()).toEqual([])
    expect((await readFile(files.snapshot)).equals(kept)).toBe(true)
    const again = await resume(spec, key)
    expect((await again.exec(sh('echo awake'), { timeoutMs: patienceMs })).stdout).toBe('awake\n')
    await again.kill()
    await harness.driver().cleanup(spec.id)
  })
})
