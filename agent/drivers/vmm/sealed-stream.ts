/**
 * A stream in a file, encrypted and proven piece by piece (AES-256-GCM), so that it can be read while it is checked. The header is
 * readable, but proven with each piece. The key serves one file only, so pieces are numbered from zero.
 */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'

const MAGIC = Buffer.from('SWGSEAL1')
const PIECE_BYTES = 1 << 20
const LAST = 0x8000_0000
const TAG_BYTES = 16
const PREFIX_BYTES = 4 + TAG_BYTES
const HEADER_LIMIT = 65_536

export class SealError extends Error {}

/** Under its name only when it is whole and on disk. Returns its size. */
export async function writeSealed(path: string, header: string, key: Buffer, source: AsyncIterable<Buffer>): Promise<number> {
  const draft = `${path}.new`
  const file = await open(draft, 'w', 0o600)
  try {
    const head = headBytes(header)
    await file.write(head)
    const bytes = head.length + await writePieces(file, createHash('sha256').update(head).digest(), key, source)
    await file.datasync()
    await file.close()
    await rename(draft, path)
    return bytes
  } catch (error) {
    await file.close().catch(() => {})
    await rm(draft, { force: true })
    throw error
  }
}

async function writePieces(file: FileHandle, proof: Buffer, key: Buffer, source: AsyncIterable<Buffer>): Promise<number> {
  let written = 0
  let number = 0
  let held: Buffer[] = []
  let size = 0
  const flush = async (last: boolean): Promise<void> => {
    const piece = sealPiece(key, proof, number, Buffer.concat(held), last)
    number += 1
    held = []
    size = 0
    await file.writev(piece)
    written += piece.reduce((sum, part) => sum + part.length, 0)
  }
  for await (const chunk of source) {
    held.push(chunk)
    size += chunk.length
    if (size >= PIECE_BYTES) await flush(false)
  }
  await flush(true)
  return written
}

function headBytes(header: string): Buffer {
  const text = Buffer.from(header)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(text.length)
  return Buffer.concat([MAGIC, length, text])
}

const nonce = (number: number): Buffer => {
  const iv = Buffer.alloc(12)
  iv.writeUIntLE(number, 0, 6)
  return iv
}

function sealPiece(key: Buffer, proof: Buffer, number: number, plain: Buffer, last: boolean): Buffer[] {
  const length = Buffer.alloc(4)
  length.writeUInt32LE((plain.length | (last ? LAST : 0)) >>> 0)
  const cipher = createCipheriv('aes-256-gcm', key, nonce(number)).setAAD(Buffer.concat([proof, length]))
  const body = cipher.update(plain)
  cipher.final()
  return [length, cipher.getAuthTag(), body]
}

export interface SealedFile { header: string; size: number; pieces(key: Buffer): AsyncGenerator<Buffer>; close(): Promise<void> }

/** Throws {@link SealError} for what is no such file; `pieces` throws it at the first that does not fit. */
export async function openSealed(path: string): Promise<SealedFile> {
  const file = await open(path, 'r')
  try {
    const start = await readExactly(file, MAGIC.length + 4, 0)
    const length = start.readUInt32LE(MAGIC.length)
    if (!start.subarray(0, MAGIC.length).equals(MAGIC) || length > HEADER_LIMIT) throw new SealError('this is no sealed file')
    const text = await readExactly(file, length, start.length)
    const proof = createHash('sha256').update(start).update(text).digest()
    const { size } = await file.stat()
    return {
      header: text.toString('utf8'), size,
      pieces: (key) => readPieces(file, key, proof, start.length + length),
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function* readPieces(file: FileHandle, key: Buffer, proof: Buffer, from: number): AsyncGenerator<Buffer> {
  let at = from
  for (let number = 0; ; number += 1) {
    const prefix = await readExactly(file, PREFIX_BYTES, at)
    const marked = prefix.readUInt32LE(0)
    const length = (marked & ~LAST) >>> 0
    if (length > 2 * PIECE_BYTES) throw new SealError('a piece is larger than any can be')
    const body = await readExactly(file, length, at + PREFIX_BYTES)
    yield openPiece(key, proof, number, prefix, body)
    if ((marked & LAST) !== 0) return
    at += PREFIX_BYTES + length
  }
}

function openPiece(key: Buffer, proof: Buffer, number: number, prefix: Buffer, body: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce(number)).setAAD(Buffer.concat([proof, prefix.subarray(0, 4)])).setAuthTag(prefix.subarray(4))
  const plain = decipher.update(body)
  try {
    decipher.final()
  } catch {
    throw new SealError(`piece ${number} is damaged`)
  }
  return plain
}

async function readExactly(file: FileHandle, length: number, at: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length)
  for (let filled = 0; filled < length;) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, at + filled)
    if (bytesRead === 0) throw new SealError('the file ends too early')
    filled += bytesRead
  }
  return bytes
}
