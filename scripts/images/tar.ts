/** Deterministic ustar writer: owners are written into headers, so building needs no privileges. */

interface EntryBase { path: string, mode: number, uid: number, gid: number }
export type TarEntry = EntryBase & (
  { type: 'file', content: Buffer } | { type: 'directory' } | { type: 'symlink', target: string }
)

const BLOCK = 512
const TYPE_FLAGS = { file: '0', symlink: '2', directory: '5' } as const

export function file(path: string, content: Buffer | string, options: { mode?: number, uid?: number } = {}): TarEntry {
  const uid = options.uid ?? 0
  return { type: 'file', path, content: Buffer.from(content), mode: options.mode ?? 0o644, uid, gid: uid }
}

export function directory(path: string, options: { mode?: number, uid?: number } = {}): TarEntry {
  const uid = options.uid ?? 0
  return { type: 'directory', path, mode: options.mode ?? 0o755, uid, gid: uid }
}

export function symlink(path: string, target: string): TarEntry {
  return { type: 'symlink', path, target, mode: 0o777, uid: 0, gid: 0 }
}

const octal = (value: number, width: number): string => value.toString(8).padStart(width - 1, '0') + '\0'

function header(entry: TarEntry): Buffer {
  const name = entry.type === 'directory' ? `${entry.path}/` : entry.path
  const target = entry.type === 'symlink' ? entry.target : ''
  if (Buffer.byteLength(name) > 100 || Buffer.byteLength(target) > 100) throw new RangeError(`Path too long for a ustar header: ${name}`)
  const block = Buffer.alloc(BLOCK)
  block.write(name, 0)
  block.write(octal(entry.mode, 8), 100)
  block.write(octal(entry.uid, 8), 108)
  block.write(octal(entry.gid, 8), 116)
  block.write(octal(entry.type === 'file' ? entry.content.length : 0, 12), 124)
  block.write(octal(0, 12), 136)
  block.write(' '.repeat(8), 148)
  block.write(TYPE_FLAGS[entry.type], 156)
  block.write(target, 157)
  block.write('ustar\u000000', 257)
  const checksum = block.reduce((sum, byte) => sum + byte, 0)
  block.write(`${checksum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

/** Adds the directories above each entry that are not listed themselves. */
function withParents(entries: TarEntry[]): TarEntry[] {
  const known = new Map(entries.map((entry) => [entry.path, entry]))
  for (const entry of entries) {
    for (let slash = entry.path.lastIndexOf('/'); slash > 0; slash = entry.path.lastIndexOf('/', slash - 1)) {
      const parent = entry.path.slice(0, slash)
      if (!known.has(parent)) known.set(parent, directory(parent))
    }
  }
  return [...known.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

export function writeTar(entries: TarEntry[]): Buffer {
  const blocks: Buffer[] = []
  for (const entry of withParents(entries)) {
    blocks.push(header(entry))
    if (entry.type === 'file') blocks.push(entry.content, Buffer.alloc((BLOCK - (entry.content.length % BLOCK)) % BLOCK))
  }
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)])
}
