/** How a VM is found without its driver, and before it starts: by whoever must end it when the agent cannot. */
import { join } from 'node:path'
import { cgroupRoot } from './firecracker/cgroup.ts'
import { jailIdOf } from './firecracker/jailer.ts'
import { PARENT } from './limits.ts'
import { processName } from './qemu/anchor.ts'

export interface FenceMark { argument: string; cgroup: string | null }

export const fenceMark = (id: string, startId: string): FenceMark => {
  const root = cgroupRoot()
  return { argument: processName(id, startId), cgroup: root === null ? null : join(root, PARENT, jailIdOf(id)) }
}
