/** Whether a restored disk can be used: its file system is checked as a mount after a power cut would find it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CommandError, runCommand } from '../command.ts'
import { withKeyFile } from '../key-file.ts'
import { VolumeError } from '../volume.ts'

const CHECK_MS = 1_800_000
const MAGIC_AT = 1_080
const MAGIC = 0xef53

/** Of an encrypted disk the key, and that an ext4 file system begins below it: no plain byte of it reaches a disk of the host. */
export async function checkFileSystem(path: string, headBytes: number, key: string | null): Promise<void> {
  if (headBytes > 0) return checkEncrypted(path, key)
  try {
    await runCommand(['e2fsck', '-f', '-p', path], { timeoutMs: CHECK_MS })
  } catch (error) {
    // 1: the journal was replayed, or what a power cut leaves was mended.
    if (error instanceof CommandError && error.result.code === 1) return
    const said = error instanceof CommandError ? error.result.stderr || error.result.stdout : String(error)
    throw new VolumeError('backup_damaged', `The file system in it is damaged: ${said.trim().slice(0, 200)}`)
  }
}

async function checkEncrypted(path: string, key: string | null): Promise<void> {
  if (key === null) throw new VolumeError('backup_damaged', 'It is encrypted, and its key is not there.')
  const folder = await mkdtemp('/dev/shm/shellwego-drill-')
  const begin = join(folder, 'begin')
  try {
    await withKeyFile(key, null, (keyFile) => runCommand(
      ['qemu-img', 'dd', '--object', `secret,id=key,file=${keyFile}`, '--image-opts', '-O', 'raw', 'bs=4096', 'count=1',
        `if=driver=luks,key-secret=key,file.filename=${path}`, `of=${begin}`],
      { timeoutMs: 60_000 },
    )).catch((error: unknown) => { throw new VolumeError('backup_damaged', `Its key does not open it: ${(error as Error).message.slice(0, 200)}`) })
    const bytes = await readFile(begin)
    if (bytes.readUInt16LE(MAGIC_AT) !== MAGIC) throw new VolumeError('backup_damaged', 'There is no ext4 file system in it.')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
