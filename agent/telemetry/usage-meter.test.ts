import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { NetworkDriver } from '../drivers/network.ts'
import type { Instance } from '../reconcile/instance.ts'
import { sleep } from '../runtime/backoff.ts'
import { systemClock } from '../runtime/clock.ts'
import { silentLogger } from '../runtime/log.ts'
import { openDatabase } from '../state/database.ts'
import { openUsageWal } from '../state/usage-wal.ts'
import { UsageMeter } from './usage-meter.ts'

/** A VM that sent so many bytes when it was asked, and whose first answer takes longer than the second. */
const slowFirst = (sent: readonly number[]): { network: NetworkDriver; instance: Instance } => {
  let asked = 0
  const counters = async () => {
    const turn = asked++
    const txBytes = sent[turn] ?? 0
    await sleep(turn === 0 ? 50 : 1)
    return { rxBytes: 0, txBytes }
  }
  const stats = () => Promise.resolve({ memoryUsedMib: 1, cpuUs: 1, diskReadBytes: 0, diskWriteBytes: 0 })
  return {
    network: { counters } as unknown as NetworkDriver,
    instance: { id: 'vm_1', vm: { stats }, record: { start: { startId: 's1', started: true, generation: 1 } } } as unknown as Instance,
  }
}

test('counters read side by side count what was sent once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'meter-'))
  const database = openDatabase(join(folder, 'usage.db'), '')
  onTestFinished(() => {
    database.close()
    rmSync(folder, { recursive: true })
  })
  const wal = openUsageWal(database, systemClock())
  const { network, instance } = slowFirst([1_000, 1_500])
  const meter = new UsageMeter({ wal, network, clock: systemClock(), log: silentLogger })
  await Promise.all([meter.sample(instance), meter.sample(instance)])
  expect(wal.pending(10).filter((record) => 'cum' in record).map((record) => record.cum.net_tx)).toEqual([1_000, 1_500])
})
