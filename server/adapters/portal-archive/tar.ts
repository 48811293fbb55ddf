/** One entry of a tar file (POSIX ustar), as bytes: so that an archive is a generator and waits for its reader by itself. */
const BLOCK = 512
const CHECKSUM_AT = 148

export function* tarEntry(name: string, body: Buffer): Generator<Buffer> {
  yield header(name, body.length)
  yield body
  const rest = body.length % BLOCK
  if (rest > 0) yield Buffer.alloc(BLOCK - rest)
}

export const tarEnd = (): Buffer => Buffer.alloc(2 * BLOCK)

const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`

/** A long path is cut at a slash: 155 bytes before it, 100 after. */
const cut = (name: string): { prefix: string; rest: string } => {
  if (Buffer.byteLength(name) <= 100) return { prefix: '', rest: name }
  for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) {
    const [prefix, rest] = [name.slice(0, at), name.slice(at + 1)]
    if (Buffer.byteLength(rest) <= 100 && Buffer.byteLength(prefix) <= 155) return { prefix, rest }
  }
  throw new Error(`the name is too long for an archive: ${name}`)
}

const header = (name: string, size: number): Buffer => {
  const { prefix, rest } = cut(name)
  const block = Buffer.alloc(BLOCK)
  block.write(rest, 0)
  block.write(octal(0o600, 7) + octal(0, 7) + octal(0, 7) + octal(size, 11) + octal(0, 11), 100, 'latin1')
  block.write('        0', CHECKSUM_AT, 'latin1')
  block.write('ustar\x0000', 257, 'latin1')
  block.write(prefix, 345)
  block.write(`${octal(block.reduce((sum, byte) => sum + byte, 0), 6)} `, CHECKSUM_AT, 'latin1')
  return block
}
