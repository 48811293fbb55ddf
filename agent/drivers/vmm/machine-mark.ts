/** What must be the same where memory is saved and where it goes on. The host's processor counts where the guest sees it. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { VmSpec } from '../vmm.ts'

export type MarkedSpec = Pick<VmSpec, 'vcpu' | 'memoryMib' | 'network' | 'volumes'>

/** `version`: whatever tells one VMM's snapshots from another's. */
export async function machineMark(version: unknown, spec: MarkedSpec, accelerator: string): Promise<string> {
  const processor = accelerator === 'kvm' ? /model name.*/.exec(await readFile('/proc/cpuinfo', 'utf8'))?.[0] : ''
  const disks = spec.volumes.map(({ id, encrypted }) => [id, encrypted])
  return createHash('sha256').update(JSON.stringify([version, accelerator, processor, spec.vcpu, spec.memoryMib, spec.network, disks])).digest('hex')
}
