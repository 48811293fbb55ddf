import path from 'node:path'
import { bootOnce } from '../../agent/drivers/vmm/bench-boot.ts'
import { buildGuest } from '../../agent/guest/build.ts'
import { checkout } from '../host/files.ts'
import { quantile, type Figure } from './report.ts'

const ROUNDS = 10

/** Start of a microVM by our driver until its process runs, beside QEMU with the same kernel and nothing else. */
export async function measureBoot(): Promise<Figure[]> {
  const guestDir = path.join(checkout, '.cache/guest')
  await buildGuest({ outDir: guestDir, cacheDir: path.join(checkout, '.cache/guest-package') })
  const rounds: Awaited<ReturnType<typeof bootOnce>>[] = []
  for (let round = 0; round < ROUNDS; round++) rounds.push(await bootOnce({ guestDir }))
  const driver = rounds.map(({ driverMs }) => driverMs)
  const bare = rounds.map(({ bareMs }) => bareMs)
  return [0.5, 0.95].map((q) => ({
    what: `boot by the driver, p${q * 100} of ${ROUNDS}`, value: quantile(driver, q), unit: 'ms',
    reference: { what: 'bare QEMU', value: quantile(bare, q) },
  }))
}
