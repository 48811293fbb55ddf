/** What installing changes on a machine beside the data folder. Behind one port, so that a test installs without a machine of its own. */
import { chownSync } from 'node:fs'
import { mustRun, runCommand } from '../drivers/vmm/command.ts'
import { ensurePackages, MESH_PACKAGES, NODE_PACKAGES } from './packages.ts'

export const EDGE_USER = 'shellwego-edge'

export interface Host {
  isRoot(): boolean
  packages(): Promise<void>
  /** A system user without a shell; returns its numbers. */
  user(name: string): Promise<{ uid: number; gid: number }>
  own(path: string, owner: { uid: number; gid: number }): void
}

async function numbersOf(name: string): Promise<{ uid: number; gid: number } | null> {
  const { code, stdout } = await runCommand(['getent', 'passwd', name])
  const [, , uid, gid] = stdout.split(':')
  return code === 0 ? { uid: Number(uid), gid: Number(gid) } : null
}

export const realHost: Host = {
  isRoot: () => process.getuid?.() === 0,
  packages: () => ensurePackages({ ...NODE_PACKAGES, ...MESH_PACKAGES }, true),
  async user(name) {
    const known = await numbersOf(name)
    if (known) return known
    await mustRun(['useradd', '--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', name])
    const made = await numbersOf(name)
    if (!made) throw new Error(`useradd made no user ${name}`)
    return made
  },
  own: (path, { uid, gid }) => chownSync(path, uid, gid),
}
