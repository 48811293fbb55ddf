/** The same promises against a real pool, in a file, where this machine has ZFS. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import type { VolumeRef } from '../../volume.ts'
import { CHUNK_BYTES } from '../blocks.ts'
import { volumeContract } from '../volume.contract.ts'
import { ZfsVolumes } from './driver.ts'

const COMMAND = ['/sbin', '/usr/sbin', '/usr/local/sbin'].map((folder) => join(folder, 'zfs')).find((path) => existsSync(path))
const reason = COMMAND === undefined ? 'zfs is not installed' : !existsSync('/dev/zfs') ? 'the kernel has no ZFS' : process.getuid?.() !== 0 ? 'needs root' : null
const POOL = `shellwegotest${process.pid}`
const PATH = `${process.env['PATH'] ?? ''}:/usr/local/sbin:/usr/sbin:/sbin`
const system = (...[file = '', ...argv]: string[]): string => execFileSync(file, argv, { env: { ...process.env, PATH } }).toString()

describe.skipIf(reason !== null)(`volumes of a real ZFS pool${reason === null ? '' : ` (skipped: ${reason})`}`, { timeout: 300_000 }, () => {
  let folder = ''
  const driver = (): ZfsVolumes => new ZfsVolumes({ root: POOL, work: join(folder, 'work') })
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shellwego-pool-'))
    const file = await open(join(folder, 'disk'), 'w')
    await file.truncate(4 * 2 ** 30).finally(() => file.close())
    system('zpool', 'create', '-O', 'mountpoint=none', POOL, join(folder, 'disk'))
  })
  afterAll(async () => {
    if (reason === null) system('zpool', 'destroy', '-f', POOL)
    await rm(folder, { recursive: true, force: true })
  })

  const at = (place: number): number => place * CHUNK_BYTES + 512 * 1024
  const withDisk = async <T>(volume: VolumeRef, work: (file: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> => {
    const file = await open(driver().path(volume), 'r+')
    return work(file).finally(() => file.close())
  }
  volumeContract({
    driver,
    write: (volume, place, text) => withDisk(volume, async (file) => {
      await file.write(Buffer.from(text.padEnd(4096)), 0, 4096, at(place))
      await file.sync()
    }),
    read: (volume, place) => withDisk(volume, async (file) => (await file.read(Buffer.alloc(4096), 0, 4096, at(place))).buffer.toString().trim()),
    running: (volume) => ({ copyTo: (path) => copyFile(driver().path(volume), path), grow: async () => {} }),
    tooSmallMib: 1,
    leftovers: async () => system('zfs', 'list', '-H', '-o', 'name', '-t', 'all', '-r', POOL).split('\n')
      .filter((name) => name.startsWith(`${POOL}/`) && !name.startsWith(`${POOL}/org_1`)),
  })
})
