import type { DiskDriver } from '../disk.ts'

export interface FakeDisks extends DiskDriver {
  readonly disks: Map<string, number>
  free: number
}

/** `disks` stands for the host: hand the same map to the next agent. */
export function createFakeDisks(disks = new Map<string, number>()): FakeDisks {
  return {
    disks,
    free: 100_000,
    async ensure(vmId, sizeMib) {
      if (!disks.has(vmId)) disks.set(vmId, sizeMib)
      return `/disks/${vmId}.ext4`
    },
    exists: async (vmId) => disks.has(vmId),
    async remove(vmId) { disks.delete(vmId) },
    async freeMib() { return this.free },
  }
}
