/** Makes a read-only ext4 file that fits its content. */
import { open } from 'node:fs/promises'
import { runCommand, type CommandOptions } from './command.ts'
import type { LayerContent } from './layer-scan.ts'

const BLOCK = 4096
const INODE = 256
const RESERVED_INODES = 64
const FIXED_BYTES = 2 << 20
const TRIES = 3

export interface Ext4Size { bytes: number, inodes: number }

/** Metadata grows with inodes and blocks; the file is sparse, so room that is not used costs nothing. */
export function ext4Size(content: LayerContent, factor = 1): Ext4Size {
  const inodes = content.entries + RESERVED_INODES
  const bytes = (content.bytes * (1 + 1 / 64) + inodes * INODE + FIXED_BYTES) * factor
  return { bytes: Math.ceil(bytes / BLOCK) * BLOCK, inodes }
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Resolves with null, or with the output of mke2fs when it failed. `prefix` enters the name space that owns the files. */
export async function makeExt4(
  root: string, target: string, content: LayerContent, options: CommandOptions & { prefix: readonly string[] },
): Promise<string | null> {
  let output = ''
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { bytes, inodes } = ext4Size(content, 1.4 ** attempt)
    const mke2fs = [
      'mke2fs', '-q', '-F', '-t', 'ext4', '-b', String(BLOCK), '-m', '0', '-N', String(inodes), '-O', '^has_journal,^resize_inode',
      '-E', 'nodiscard', '-d', root, target, `${bytes / 1024}k`,
    ]
    const [program = 'mke2fs', ...rest] = [...options.prefix, ...mke2fs]
    const result = await runCommand([program, ...rest], options)
    if (result.code === 0) {
      await flush(target)
      return null
    }
    output = result.stderr
    if (!/could not allocate (block|inode)/i.test(output)) return output
  }
  return output
}
