import path from 'node:path'
import { measureVolumeOnce } from '../../agent/drivers/vmm/bench-volume.ts'
import { buildGuest } from '../../agent/guest/build.ts'
import { checkout } from '../host/files.ts'
import type { Figure } from './report.ts'

const rate = (mib: number, ms: number): number => mib / (ms / 1000)

/** Writing from inside a VM beside a plain file; snapshots of a volume in use, clone and restore beside a plain copy. */
export async function measureVolume(): Promise<Figure[]> {
  const guestDir = path.join(checkout, '.cache/guest')
  await buildGuest({ outDir: guestDir, cacheDir: path.join(checkout, '.cache/guest-package') })
  const t = await measureVolumeOnce(guestDir)
  const copied = { what: 'cp --sparse of the file, flushed', value: t.copyMs }
  return [
    {
      what: `write of ${t.writtenMib} MiB with fsync, inside the VM`, value: rate(t.writtenMib, t.guestWriteMs), unit: 'MiB/s',
      reference: { what: 'file of the host', value: rate(t.writtenMib, t.hostWriteMs) },
    },
    { what: `first snapshot of a volume in use, ${t.heldMib} MiB of files in 1 GiB`, value: t.firstSnapshotMs, unit: 'ms', reference: copied },
    { what: 'next snapshot, a few blocks changed', value: t.nextSnapshotMs, unit: 'ms', reference: copied },
    { what: 'clone', value: t.cloneMs, unit: 'ms', reference: copied },
    { what: 'restore in place', value: t.restoreMs, unit: 'ms', reference: copied },
  ]
}
