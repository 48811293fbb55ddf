/** The content of a disk as blocks of 1 MiB, each named by its hash; zeros have no name. */
import { hash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { VolumeError, type DiskContent } from '../volume.ts'

export const CHUNK_BYTES = 1 << 20
const ZEROS = Buffer.alloc(CHUNK_BYTES)
const ZERO_HASH = hash('sha256', ZEROS)

/** Of the block hashes in order: equal contents of equal length have equal checksums. */
export const checksumOf = (chunks: readonly (string | null)[]): string => `blocks-sha256:${hash('sha256', chunks.map((chunk) => chunk ?? ZERO_HASH).join('\n'))}`

/** The last one is shorter where an encrypted volume has a header. */
export async function* blocksOf(file: FileHandle, sizeBytes: number): AsyncGenerator<Buffer> {
  const block = Buffer.allocUnsafe(CHUNK_BYTES)
  for (let at = 0; at < sizeBytes; at += CHUNK_BYTES) {
    const length = Math.min(CHUNK_BYTES, sizeBytes - at)
    const { bytesRead } = await file.read(block, 0, length, at)
    if (bytesRead !== length) throw new VolumeError('volume_failed', 'The disk is shorter than it should be.')
    yield block.subarray(0, length)
  }
}

export const nameOf = (block: Buffer): string | null => (block.equals(block.length === CHUNK_BYTES ? ZEROS : ZEROS.subarray(0, block.length)) ? null : hash('sha256', block))

export async function namesOf(path: string, bytes: number | null = null): Promise<(string | null)[]> {
  const file = await open(path)
  try {
    const names: (string | null)[] = []
    for await (const block of blocksOf(file, bytes ?? (await file.stat()).size)) names.push(nameOf(block))
    return names
  } finally {
    await file.close()
  }
}

/** The checksum a snapshot of this file would have; of a device its length must be said. */
export const fileChecksum = async (path: string, bytes: number | null = null): Promise<string> => checksumOf(await namesOf(path, bytes))

const FILL_AT_ONCE = 8

/** Writes the content into a new file. */
export async function fill(content: DiskContent, target: string): Promise<void> {
  const file = await open(target, 'w', 0o600)
  try {
    await file.truncate(content.sizeBytes)
    await fillInto(file, content)
  } finally {
    await file.close()
  }
}

/** Into what is all zeros, several blocks at a time. A block that is not what its name says fails the whole. */
export async function fillInto(file: FileHandle, content: DiskContent): Promise<void> {
  const rest = content.blocks.entries()
  const worker = async (): Promise<void> => {
    for (const [index, name] of rest) {
      if (name === null) continue
      const block = await content.read(index)
      if (hash('sha256', block) !== name) throw new VolumeError('snapshot_damaged', `Block ${index} of the snapshot is damaged. Nothing was changed.`)
      await file.write(block, 0, block.length, index * CHUNK_BYTES)
    }
  }
  const done = await Promise.allSettled(Array.from({ length: FILL_AT_ONCE }, worker))
  const failed = done.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
  await file.sync()
}
