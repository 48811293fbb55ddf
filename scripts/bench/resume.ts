import path from 'node:path'
import { sleepRounds } from '../../agent/drivers/vmm/bench-sleep.ts'
import { inNamespace, namespacesPossible } from '../../agent/testing/real-namespace.ts'
import { buildGuest } from '../../agent/guest/build.ts'
import { checkout } from '../host/files.ts'
import { quantile, type Figure } from './report.ts'

const ROUNDS = 20

interface Woken { wakeMs?: number[]; awakeMs?: number[]; error?: string }

/** From asleep to the first byte over TLS, beside QEMU alone that takes the same memory out of a file in clear. */
export async function measureResume(): Promise<Figure[]> {
  const guestDir = path.join(checkout, '.cache/guest')
  await buildGuest({ outDir: guestDir, cacheDir: path.join(checkout, '.cache/guest-package') })
  const rounds = await sleepRounds(guestDir, ROUNDS)
  // As an ordinary user there are no namespaces: then only the driver is measured.
  const { wakeMs = [], awakeMs = [], error }: Woken = namespacesPossible() ? await inNamespace('wake-rounds.ts', [String(ROUNDS)], 900_000) : {}
  if (error !== undefined) throw new Error(error)
  const bare = rounds.map(({ bareMs }) => bareMs)
  const beside = (what: string, values: number[]): Figure[] => [0.5, 0.99].flatMap((q) => (values.length === 0 ? [] : [{
    what: `${what}, p${q * 100} of ${ROUNDS}`, value: quantile(values, q), unit: 'ms', reference: { what: 'bare QEMU, same memory in clear', value: quantile(bare, q) },
  }]))
  return [
    ...beside('asleep to first answer over TLS', wakeMs), ...beside('resume by the driver', rounds.map(({ resumeMs }) => resumeMs)),
    { what: 'the same request while it is awake, p50', value: quantile(awakeMs.length > 0 ? awakeMs : [0], 0.5), unit: 'ms' },
    { what: 'falling asleep, p50', value: quantile(rounds.map(({ suspendMs }) => suspendMs), 0.5), unit: 'ms' },
    { what: 'file of 128 MiB of memory', value: rounds[0]?.mib ?? 0, unit: 'MiB' },
  ]
}
