/** Archives as files of one folder: written beside under another name, on disk before they bear their own. */
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { ArchiveError, type ArchivePlace } from '../../domain/portal-backups/ports.ts'

const TEMPORARY = /^\..+\.part$/

const fault = (error: unknown): unknown => {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') return new ArchiveError('no_space', 'The disk of the backup folder is full. The backups before this one are untouched.', error)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return new ArchiveError('place_refused', 'The backup folder cannot be written to. Check its owner and mode.', error)
  if (code === 'ENOENT') return new ArchiveError('missing', 'There is no such backup in that folder.', error)
  if (code === 'ENOTDIR' || code === 'EIO') return new ArchiveError('place_failed', `The backup folder cannot be used (${code}).`, error)
  return error
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try { await handle.sync() } finally { await handle.close() }
}

async function write(file: string, archive: Readable): Promise<number> {
  const handle = await open(file, 'w', 0o600)
  let bytes = 0
  try {
    for await (const part of archive as AsyncIterable<Buffer>) {
      for (let at = 0; at < part.length;) at += (await handle.write(part, at)).bytesWritten
      bytes += part.length
    }
    await handle.sync()
    return bytes
  } finally {
    await handle.close()
  }
}

export const folderPlace = (folder: string): ArchivePlace => ({
  async put(name, archive) {
    const part = path.join(folder, `.${name}.part`)
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      // What a killed one left behind; one at a time writes here.
      for (const old of await readdir(folder)) if (TEMPORARY.test(old)) await rm(path.join(folder, old), { force: true })
      const bytes = await write(part, archive)
      await rename(part, path.join(folder, name))
      await syncFolder(folder)
      return bytes
    } catch (error) {
      archive.destroy()
      await rm(part, { force: true }).catch(() => undefined)
      throw fault(error)
    }
  },
  async get(name) {
    try {
      await stat(path.join(folder, name))
      return createReadStream(path.join(folder, name), { highWaterMark: 1 << 20 })
    } catch (error) {
      throw fault(error)
    }
  },
  async list() {
    try {
      const names = (await readdir(folder)).filter((name) => !TEMPORARY.test(name))
      return await Promise.all(names.map(async (name) => ({ name, bytes: (await stat(path.join(folder, name))).size })))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
      throw fault(error)
    }
  },
  async remove(name) {
    try { await rm(path.join(folder, name), { force: true }) } catch (error) { throw fault(error) }
  },
})
