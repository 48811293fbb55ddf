import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { guestAssets } from '../../guest/assets.ts'
import { headBytes } from '../volume/luks.ts'
import { Ext4Volumes } from '../volume/ext4/driver.ts'
import { isAlive } from './process.ts'
import { recorder } from './vmm.contract.ts'
import { missingTools, qemuHarness } from './qemu/qemu-harness.ts'
import { createQemuDriver } from './qemu/driver.ts'
import { createTrialVm } from './trial-vm.ts'

const reason = missingTools()
const FILES = 30
/** Files of random bytes in several folders, and others that are no files. */
const FILL = `i=0; while [ $i -lt ${FILES} ]; do i=$((i+1)); mkdir -p /data/d$((i%7)); dd if=/dev/urandom of=/data/d$((i%7))/f$i bs=4096 count=20 2>/dev/null; done
  busybox ln -s /nowhere /data/link; busybox mkfifo /data/pipe; sync; echo filled; while :; do sleep 0.1; done`

describe.skipIf(reason !== null)(`restores on trial in a throw-away VM${reason === null ? '' : ` (skipped: ${reason})`}`, { timeout: 180_000 }, async () => {
  if (reason !== null) return
  const harness = await qemuHarness()
  const volumes = new Ext4Volumes(join(harness.folder, 'volumes'))
  const folder = join(harness.folder, 'trials')
  const { guestDir } = harness
  const room = createTrialVm({
    vmm: createQemuDriver({ vmsDir: folder, guestDir }), init: guestAssets(guestDir).init, folder, uid: process.getuid?.() === 0 ? 30_002 : null,
  })
  const trial = room.use
  afterAll(() => harness.dispose())

  const filled = async (id: string, key: string | null) => {
    const volume = { orgId: 'org_1', id }
    await volumes.create(volume, 64, null, key)
    const spec = {
      ...(await harness.spec({ argv: ['sh', '-c', FILL] })),
      volumes: [{ id, path: volumes.path(volume), mountPath: '/data', readOnly: false, encrypted: key !== null }], volumeKeys: key === null ? {} : { [id]: key },
    }
    const recorded = recorder(harness.patienceMs)
    const vm = await harness.driver().start(spec, {}, recorded)
    await recorded.until(() => recorded.lines.some(({ line }) => line === 'filled'), 'files')
    await volumes.snapshot(volume, `snap_${id}`, { copyTo: (path) => vm.copyVolume(id, path), grow: async () => {} })
    await vm.kill()
    await harness.driver().cleanup(vm.identity.id)
    return { volume, content: await volumes.content(volume, `snap_${id}`) }
  }
  const traces = async () => [await readdir(folder).catch(() => []), (await readdir(join(harness.folder, 'volumes', 'org_1'))).filter((name) => name.endsWith('.drill'))]

  test.each([['plain', null], ['encrypted', randomBytes(32).toString('base64')]])('every file of a %s disk is read, and nothing is left', async (kind, key) => {
    const { volume, content } = await filled(`vol_${kind}`, key)
    expect(await volumes.prove(volume, content, { key, trial })).toEqual({ files: FILES, bytes: FILES * 81_920 })
    expect(await traces()).toEqual([[], []])
  })

  test('a damaged file system below the encryption, which nothing else could see, is found and told', async () => {
    const key = randomBytes(32).toString('base64')
    const { volume } = await filled('vol_hurt', key)
    const path = volumes.path(volume)
    const file = await open(path, 'r+')
    // Beyond the superblock: tables and folders.
    await file.write(randomBytes(16 << 20), 0, 16 << 20, (await headBytes(path)) + 8_192).finally(() => file.close())
    await volumes.snapshot(volume, 'snap_after', null)
    const hurt = volumes.prove(volume, await volumes.content(volume, 'snap_after'), { key, trial })
    await expect(hurt).rejects.toMatchObject({ code: 'backup_damaged', message: expect.stringContaining('A virtual machine cannot') as string })
    expect(await traces()).toEqual([[], []])
  })

  test('what an agent left that ended in the middle goes with the next trial', async () => {
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'root.ext4'), 'half')
    const vmm = createQemuDriver({ vmsDir: folder, guestDir })
    const vm = await vmm.start(await harness.spec({ argv: ['sleep', '1000'] }), {}, recorder(harness.patienceMs))
    vm.detach()
    const path = join(harness.folder, 'plain.ext4')
    execFileSync('/sbin/mke2fs', ['-q', '-t', 'ext4', path, '16M'], { stdio: 'ignore' })
    expect(await trial({ path, key: null })).toEqual({ files: 0, bytes: 0 })
    expect(await vmm.list()).toEqual([])
    expect(isAlive(vm.identity)).toBe(false)
    await room.clear()
    expect(await readdir(harness.folder)).not.toContain('trials')
  })
})
