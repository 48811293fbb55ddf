/** A tiny busybox image and scratch disks for tests and benches of real VMs; no registry, no network. */
import { copyFile, mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mustRun } from './command.ts'

const BUSYBOX = '/bin/busybox'
const APPLETS = ['sh', 'cat', 'sleep', 'usleep', 'id', 'echo', 'wget', 'httpd', 'date', 'dd', 'tail', 'seq', 'env', 'stat', 'awk', 'sync', 'ip', 'nc']

/** `programs`: static ones that lie in its `/bin` too. */
export async function makeBusyboxImage(folder: string, programs: Readonly<Record<string, string>> = {}): Promise<string> {
  const root = join(folder, 'root')
  await mkdir(join(root, 'bin'), { recursive: true })
  await mkdir(join(root, 'etc'))
  await copyFile(BUSYBOX, join(root, 'bin', 'busybox'))
  await Promise.all(APPLETS.map((name) => symlink('busybox', join(root, 'bin', name))))
  await Promise.all(Object.entries(programs).map(([name, path]) => copyFile(path, join(root, 'bin', name))))
  await writeFile(join(root, 'etc', 'passwd'), 'root:x:0:0:root:/root:/bin/sh\napp:x:999:998:App:/home/app:/bin/sh\n')
  await writeFile(join(root, 'etc', 'group'), 'root:x:0:\napp:x:998:\nextra:x:777:app\n')
  const image = join(folder, 'root.ext4')
  await makeExt4(image, 16, ['-d', root])
  await rm(root, { recursive: true })
  return image
}

export async function makeExt4(path: string, mib: number, extra: readonly string[] = []): Promise<void> {
  await writeFile(path, '', { mode: 0o600 })
  await truncate(path, mib << 20)
  await mustRun(['mke2fs', '-q', '-t', 'ext4', '-E', 'root_owner=0:0,lazy_itable_init=1', ...extra, path], {
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
  })
}
