/** A real database on a volume: what it said is committed is there after SIGKILL of the VMM, and in a snapshot taken under load. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { fileChecksum } from '../../volume/blocks.ts'
import { Ext4Volumes } from '../../volume/ext4/driver.ts'
import type { VolumeRef } from '../../volume.ts'
import { hasPostgres, makePostgresImage, postgres, valueOf } from '../postgres-fixture.ts'
import { recorder } from '../vmm.contract.ts'
import { missingTools, qemuHarness } from './qemu-harness.ts'

const reason = missingTools() ?? (hasPostgres() ? null : 'no PostgreSQL beside the portal')
const KILLS = Number(process.env['SHELLWEGO_PROVE_KILLS'] ?? (process.env['SHELLWEGO_FULL'] ? 20 : 2))
const PATIENCE_MS = 120_000
const QUESTION = `SELECT count(*) AS entries, max(n) AS highest FROM entry
SELECT sum(balance) AS balance, max(balance) AS moved FROM account`

describe.skipIf(reason !== null)(`PostgreSQL on a volume${reason === null ? '' : ` (skipped: ${reason})`}`, { timeout: 1_800_000 }, async () => {
  if (reason !== null) return
  const harness = await qemuHarness()
  const volumes = new Ext4Volumes(join(harness.folder, 'volumes'))
  const rootfs = await makePostgresImage(harness.folder)
  afterAll(() => harness.dispose())

  const boot = async (volume: VolumeRef, what: string) => {
    const recorded = recorder(PATIENCE_MS)
    const spec = {
      ...(await harness.spec({ argv: postgres(what), user: 'app' })), rootfs, memoryMib: 256, volumeKeys: {},
      volumes: [{ id: volume.id, path: volumes.path(volume), mountPath: '/data', readOnly: false, encrypted: false }],
    }
    let ack: (seq: number) => void = () => {}
    const vm = await harness.driver().start(spec, {}, {
      ...recorded,
      onLog: (lines) => {
        recorded.onLog(lines)
        ack(lines.at(-1)?.seq ?? 0)
      },
    })
    ack = (seq) => vm.ackLogs(seq)
    const value = (name: string): number => valueOf(recorded.lines.map(({ line }) => line), name) ?? 0
    return { vm, recorded, value }
  }
  /** Recovers, as after a power cut, and says what is there. */
  const ask = async (volume: VolumeRef) => {
    const { vm, recorded, value } = await boot(volume, QUESTION)
    await recorded.until(() => recorded.lines.some(({ line }) => line.endsWith('asked')), 'the answer')
    const found = { entries: value('entries'), highest: value('highest'), balance: value('balance'), moved: value('moved') }
    await vm.kill()
    await harness.driver().cleanup(vm.identity.id)
    return found
  }
  const whole = (found: Awaited<ReturnType<typeof ask>>): void =>
    expect(found).toEqual({ entries: found.highest, highest: found.highest, balance: 0, moved: 7 * found.highest })

  test(`every committed transaction survives SIGKILL of the VMM, ${KILLS} times, and a snapshot under load recovers to one instant`, async () => {
    const volume = { orgId: 'org_1', id: 'vol_db' }
    await volumes.create(volume, 512, null)
    for (let kill = 0; kill < KILLS; kill += 1) {
      const { vm, recorded, value } = await boot(volume, 'load')
      const before = value('flushed')
      await recorded.until(() => value('flushed') > before + 20, 'commits')
      await new Promise((resolve) => { setTimeout(resolve, Math.random() * 1_500) })
      process.kill(vm.identity.pid, 'SIGKILL')
      await recorded.until(() => recorded.exits.length > 0, 'the end')
      const flushed = value('flushed')
      await harness.driver().cleanup(vm.identity.id)
      const found = await ask(volume)
      expect(found.highest).toBeGreaterThanOrEqual(flushed)
      whole(found)
    }
    const { vm, recorded, value } = await boot(volume, 'load')
    await recorded.until(() => value('flushed') > 0, 'commits')
    const before = value('flushed')
    const facts = await volumes.snapshot(volume, `snap_${randomBytes(4).toString('hex')}`, { copyTo: (path) => vm.copyVolume(volume.id, path), grow: async () => {} })
    const after = value('flushed')
    await recorded.until(() => value('flushed') > after + 5, 'commits after it')
    await vm.kill()
    await harness.driver().cleanup(vm.identity.id)
    const clone = { orgId: 'org_1', id: 'vol_clone' }
    await volumes.create(clone, 512, facts.id)
    expect(await fileChecksum(volumes.path(clone))).toBe(facts.checksum)
    const found = await ask(clone)
    expect(found.highest).toBeGreaterThanOrEqual(before)
    expect(found.highest).toBeLessThanOrEqual(after + 1)
    whole(found)
  })
})
