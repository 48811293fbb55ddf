/** Hands a key to another program by a file in memory that is there only while that program starts. */
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Memory, never a disk. */
const MEMORY = '/dev/shm'

/** `uid` is who may read it; null means the agent's own user. */
export async function withKeyFile<T>(key: string, uid: number | null, work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(MEMORY, 'shellwego-key-'))
  const path = join(folder, 'key')
  try {
    await writeFile(path, key, { mode: 0o400 })
    if (uid !== null) {
      await chown(path, uid, uid)
      await chmod(folder, 0o711)
    }
    return await work(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
