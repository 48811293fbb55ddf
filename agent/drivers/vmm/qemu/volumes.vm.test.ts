import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { memoryFilesWith } from '../../../testing/memory-files.ts'
import { Ext4Volumes } from '../../volume/ext4/driver.ts'
import { fileChecksum } from '../../volume/blocks.ts'
import type { GuestProcess, Vm } from '../../vmm.ts'
import { recorder } from '../vmm.contract.ts'
import { missingTools, qemuHarness } from './qemu-harness.ts'

const reason = missingTools()
const KILLS = Number(process.env['SHELLWEGO_PROVE_KILLS'] ?? (process.env['SHELLWEGO_FULL'] ? 40 : 4))
const sh = (script: string): string[] => ['sh', '-c', script]
/** Writes its input to the end of a file and has it flushed when it returns. */
const APPEND = 'add() { dd of="$1" oflag=append conv=notrunc,fsync 2>/dev/null; }'
/** Says a number only after the record of it was flushed. */
const WRITER = `${APPEND}; n=0; test -e /data/log && n=$(busybox wc -l < /data/log); while :; do n=$((n+1)); echo "record $n" | add /data/log; echo "flushed $n"; done`
const IDLE = 'while :; do sleep 0.1; done'

describe.skipIf(reason !== null)(`volumes of QEMU VMs${reason === null ? '' : ` (skipped: ${reason})`}`, { timeout: 180_000 }, async () => {
  if (reason !== null) return
  const harness = await qemuHarness()
  const volumes = new Ext4Volumes(join(harness.folder, 'volumes'))
  const { patienceMs } = harness
  afterAll(() => harness.dispose())

  const newVolume = async (sizeMib = 64, from: string | null = null) => {
    const volume = { orgId: 'org_1', id: `vol_${randomBytes(4).toString('hex')}` }
    await volumes.create(volume, sizeMib, from)
    return volume
  }
  type Process = Partial<GuestProcess> & { argv: string[] }
  interface How { readOnly?: boolean; key?: string | null; path?: string }
  const boot = async (volume: { orgId: string; id: string }, process: Process, { readOnly = false, key = null, path = volumes.path(volume) }: How = {}) => {
    const spec = {
      ...(await harness.spec(process)), volumes: [{ id: volume.id, path, mountPath: '/data', readOnly, encrypted: key !== null }],
      volumeKeys: key === null ? {} : { [volume.id]: key },
    }
    const recorded = recorder(patienceMs)
    const driver = harness.driver()
    return { driver, recorded, vm: await driver.start(spec, {}, recorded) }
  }
  const run = async (vm: Vm, script: string): Promise<string> => {
    const done = await vm.exec(sh(script), { timeoutMs: patienceMs })
    expect(done.exitCode, done.stderr + done.stdout).toBe(0)
    return done.stdout.trim()
  }
  const end = async (vm: Vm): Promise<void> => {
    await vm.kill()
    await harness.driver().cleanup(vm.identity.id)
  }
  const lastFlushed = (lines: { line: string }[]): number => Math.max(0, ...lines.map(({ line }) => Number(/^flushed (\d+)/.exec(line)?.[1] ?? 0)))

  test('a new volume is mounted before the process starts, empty, and belongs to the user of the image', async () => {
    const volume = await newVolume()
    const { vm, recorded } = await boot(volume, { argv: sh(`stat -c '%u %a' /data; busybox ls -A /data | busybox wc -l; touch /data/mine; ${IDLE}`), user: 'app' })
    await recorded.until(() => recorded.lines.length >= 2, 'the report')
    expect(recorded.lines.map(({ line }) => line).slice(0, 2)).toEqual(['999 755', '0'])
    await end(vm)
  })

  test('files outlive the instance; read-only they can be read and not changed', async () => {
    const volume = await newVolume()
    const first = await boot(volume, { argv: sh(`${APPEND}; echo kept | add /data/file; echo written; ${IDLE}`) })
    await first.recorded.until(() => first.recorded.lines.length > 0, 'the write')
    await first.vm.stop(patienceMs)
    await first.driver.cleanup(first.vm.identity.id)
    const second = await boot(volume, { argv: sh(IDLE) }, { readOnly: true })
    expect(await run(second.vm, 'cat /data/file')).toBe('kept')
    expect((await second.vm.exec(sh('echo no > /data/file'), { timeoutMs: patienceMs })).stderr).toContain('Read-only')
    await end(second.vm)
  })

  test(`what was flushed survives SIGKILL of the VMM at any moment, ${KILLS} times`, async () => {
    const volume = await newVolume()
    let flushed = 0
    for (let kill = 0; kill < KILLS; kill += 1) {
      const { vm, recorded, driver } = await boot(volume, { argv: sh(WRITER) })
      await recorded.until(() => lastFlushed(recorded.lines) > flushed, 'a flush')
      await new Promise((resolve) => { setTimeout(resolve, 50 + Math.random() * 400) })
      process.kill(vm.identity.pid, 'SIGKILL')
      await recorded.until(() => recorded.exits.length > 0, 'the end')
      flushed = Math.max(flushed, lastFlushed(recorded.lines))
      await driver.cleanup(vm.identity.id)
      const check = await boot(volume, { argv: sh(IDLE) })
      const records = (await run(check.vm, 'cat /data/log')).split('\n')
      expect(records.length).toBeGreaterThanOrEqual(flushed)
      expect(records).toEqual(Array.from({ length: records.length }, (_, at) => `record ${at + 1}`))
      flushed = records.length
      await end(check.vm)
    }
  })

  test('a snapshot under load is one instant of the disk: sound, with every record flushed before it', async () => {
    const volume = await newVolume()
    const { vm, recorded } = await boot(volume, { argv: sh(WRITER) })
    await recorded.until(() => lastFlushed(recorded.lines) > 20, 'load')
    const before = lastFlushed(recorded.lines)
    const facts = await volumes.snapshot(volume, `snap_${volume.id}`, { copyTo: (path) => vm.copyVolume(volume.id, path), grow: async () => {} })
    await recorded.until(() => lastFlushed(recorded.lines) > before + 20, 'load after it')
    await end(vm)
    const clone = await newVolume(64, facts.id)
    expect(await fileChecksum(volumes.path(clone))).toBe(facts.checksum)
    const check = await boot(clone, { argv: sh(IDLE) })
    const records = (await run(check.vm, 'cat /data/log')).split('\n')
    expect(records.length).toBeGreaterThanOrEqual(before)
    expect(records).toEqual(Array.from({ length: records.length }, (_, at) => `record ${at + 1}`))
    await check.vm.stop(patienceMs)
    execFileSync('e2fsck', ['-f', '-n', volumes.path(clone)], { env: { ...process.env, PATH: '/usr/sbin:/sbin' }, stdio: 'ignore' })
    await harness.driver().cleanup(check.vm.identity.id)
  })

  test('an agent that comes back takes snapshots of the VM it finds', async () => {
    const volume = await newVolume()
    const { vm, recorded } = await boot(volume, { argv: sh(`${APPEND}; echo here | add /data/file; echo written; ${IDLE}`) })
    await recorded.until(() => recorded.lines.length > 0, 'the write')
    vm.detach()
    const again = await harness.driver().attach(vm.identity, recorder(patienceMs))
    if (!again) throw new Error('the VM is gone')
    const copy = join(harness.folder, 'found.img')
    await again.copyVolume(volume.id, copy)
    expect((await readFile(copy)).includes('here')).toBe(true)
    await expect(again.copyVolume('vol_other', copy)).rejects.toThrow('no volume')
    await end(again)
  })

  test('a volume grows while it is in use', async () => {
    const volume = await newVolume()
    const { vm } = await boot(volume, { argv: sh(IDLE) })
    const size = async (): Promise<number> => Number(await run(vm, 'busybox df -m /data | tail -1 | awk \'{print $2}\''))
    expect(await size()).toBeLessThan(64)
    await volumes.resize(volume, 256, { copyTo: async () => {}, grow: (mib) => vm.growVolume(volume.id, mib) })
    const deadline = performance.now() + patienceMs
    while (await size() < 200 && performance.now() < deadline) await new Promise((resolve) => { setTimeout(resolve, 100) })
    expect(await size()).toBeGreaterThan(200)
    await run(vm, 'dd if=/dev/zero of=/data/big bs=1048576 count=100 conv=fsync 2>/dev/null')
    await vm.stop(patienceMs)
    await harness.driver().cleanup(vm.identity.id)
    execFileSync('e2fsck', ['-f', '-n', volumes.path(volume)], { env: { ...process.env, PATH: '/usr/sbin:/sbin' }, stdio: 'ignore' })
  })

  test('a volume made larger at rest has its room at the next start', async () => {
    const volume = await newVolume()
    await volumes.resize(volume, 256, null)
    const { vm } = await boot(volume, { argv: sh(IDLE) })
    expect(Number(await run(vm, 'busybox df -m /data | tail -1 | awk \'{print $2}\''))).toBeGreaterThan(200)
    await end(vm)
  })

  test('a full volume is an error in the app, and the rest of the machine goes on', async () => {
    const volume = await newVolume()
    const { vm } = await boot(volume, { argv: sh(IDLE) })
    const full = await vm.exec(sh('dd if=/dev/zero of=/data/fill bs=1048576 count=200'), { timeoutMs: patienceMs })
    expect([full.exitCode, full.stderr]).toEqual([1, expect.stringContaining('No space left on device')])
    expect(await run(vm, 'echo elsewhere > /tmp/ok && cat /tmp/ok')).toBe('elsewhere')
    expect((await stat(volumes.path(volume))).size).toBe(64 << 20)
    await run(vm, 'busybox rm /data/fill && sync')
    await end(vm)
  })

  test('of an encrypted volume neither disk, snapshots, command line nor folders show a word or the key; another key opens nothing', async () => {
    const [key, canary] = [randomBytes(32).toString('base64'), `canary-${randomBytes(8).toString('hex')}`]
    const volume = { orgId: 'org_1', id: 'vol_secret' }
    await volumes.create(volume, 64, null, key)
    const { vm, recorded } = await boot(volume, { argv: sh(`${APPEND}; echo $CANARY | add /data/file; echo written; ${IDLE}`), env: { CANARY: canary } }, { key })
    await recorded.until(() => recorded.lines.length > 0, 'the write')
    const facts = await volumes.snapshot(volume, 'snap_secret', { copyTo: (path) => vm.copyVolume(volume.id, path), grow: async () => {} })
    expect((await readFile(`/proc/${vm.identity.pid}/cmdline`)).includes(key)).toBe(false)
    expect(await memoryFilesWith(key)).toEqual([])
    await volumes.resize(volume, 128, { copyTo: async () => {}, grow: (mib) => vm.growVolume(volume.id, mib) })
    await run(vm, 'dd if=/dev/zero of=/data/more bs=1048576 count=8 conv=fsync 2>/dev/null')
    await end(vm)
    const clone = { orgId: 'org_1', id: 'vol_secret_clone' }
    await volumes.create(clone, 64, facts.id)
    expect(await fileChecksum(volumes.path(clone))).toBe(facts.checksum)
    for (const path of [volumes.path(volume), volumes.path(clone)]) {
      const bytes = await readFile(path)
      expect([bytes.includes(canary), bytes.includes(key)]).toEqual([false, false])
    }
    const check = await boot(clone, { argv: sh(IDLE) }, { key })
    expect(await run(check.vm, 'cat /data/file')).toBe(canary)
    await end(check.vm)
    await expect(boot(clone, { argv: sh(IDLE) }, { key: 'another key' })).rejects.toMatchObject({ code: 'vmm_failed' })
  })

  test.skipIf(process.getuid?.() !== 0)('a volume may be a block device, plain or encrypted', async () => {
    for (const key of [null, randomBytes(32).toString('base64')]) {
      const file = { orgId: 'org_1', id: `vol_${randomBytes(4).toString('hex')}` }
      await volumes.create(file, 64, null, key)
      const device = execFileSync('/sbin/losetup', ['--find', '--show', volumes.path(file)]).toString().trim()
      try {
        const { vm, recorded } = await boot(file, { argv: sh(`${APPEND}; echo kept | add /data/file; echo written; ${IDLE}`) }, { key, path: device })
        await recorded.until(() => recorded.lines.length > 0, 'the write')
        const copy = join(harness.folder, 'device.img')
        await vm.copyVolume(file.id, copy)
        expect((await readFile(copy)).includes('kept')).toBe(key === null)
        await end(vm)
        const again = await boot(file, { argv: sh(IDLE) }, { key, path: device })
        expect(await run(again.vm, 'cat /data/file')).toBe('kept')
        await end(again.vm)
      } finally {
        execFileSync('/sbin/losetup', ['--detach', device])
      }
    }
  })

  test('a volume that holds no file system is named, and the boot fails', async () => {
    const volume = await newVolume()
    execFileSync('dd', ['if=/dev/zero', `of=${volumes.path(volume)}`, 'bs=1M', 'count=4', 'conv=notrunc'], { stdio: 'ignore' })
    await expect(boot(volume, { argv: sh(IDLE) })).rejects.toMatchObject({ code: 'guest_panic', message: expect.stringContaining('cannot mount the volume on /data') as string })
  })
})
