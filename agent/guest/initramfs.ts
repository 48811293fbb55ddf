/** Writes a cpio archive in the `newc` form the kernel unpacks; no cpio program and no root needed for device nodes. */

export interface ArchiveEntry {
  path: string
  mode: number
  content?: Buffer
  device?: { major: number; minor: number }
}

const DIRECTORY = 0o040000
const REGULAR = 0o100000
const CHARACTER_DEVICE = 0o020000

export const directory = (path: string): ArchiveEntry => ({ path, mode: DIRECTORY | 0o755 })
export const file = (path: string, content: Buffer, permissions = 0o644): ArchiveEntry => ({ path, mode: REGULAR | permissions, content })
export const characterDevice = (path: string, major: number, minor: number): ArchiveEntry =>
  ({ path, mode: CHARACTER_DEVICE | 0o600, device: { major, minor } })

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(8, '0')
const padding = (length: number): Buffer => Buffer.alloc((4 - (length % 4)) % 4)

function encode(entry: ArchiveEntry, inode: number): Buffer {
  const content = entry.content ?? Buffer.alloc(0)
  const name = Buffer.from(`${entry.path}\0`)
  const { major, minor } = entry.device ?? { major: 0, minor: 0 }
  const fields = [inode, entry.mode, 0, 0, 1, 0, content.length, 0, 0, major, minor, name.length, 0]
  const header = Buffer.from(`070701${fields.map(hex).join('')}`)
  return Buffer.concat([header, name, padding(header.length + name.length), content, padding(content.length)])
}

export function writeArchive(entries: readonly ArchiveEntry[]): Buffer {
  const trailer: ArchiveEntry = { path: 'TRAILER!!!', mode: 0 }
  return Buffer.concat([...entries, trailer].map((entry, index) => encode(entry, index + 1)))
}
