/** How a VM is found without its driver, and before it starts: by whoever must end it when the agent cannot. */
import { join } from 'node:path'
import { cgroupRoot } from './firecracker/cgroup.ts'
import { jailIdOf, PARENT_CGROUP } from './firecracker/jailer.ts'
import { processName } from './qemu/anchor.ts'

export interface FenceMark { argument: string; cgroups: string[] }

export const fenceMark = (id: string, startId: string): FenceMark => {
  const root = cgroupRoot()
  // Each driver names the group after the VM in its own way.
  const names = root === null ? [] : [...new Set([id, jailIdOf(id)])]
  return { argument: processName(id, startId), cgroups: names.map((name) => join(root ?? '', PARENT_CGROUP, name)) }
}
