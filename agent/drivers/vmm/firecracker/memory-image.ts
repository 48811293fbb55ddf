/**
 * The two files of a snapshot as one stream and back: what the VM is, then its memory without the pages that are zero, which after a
 * boot are most of them. Each run says its file, length and place.
 */
import type { FileHandle } from 'node:fs/promises'
import { SnapshotError } from '../../vmm.ts'

export interface ImageFiles { state: FileHandle; memory: FileHandle }

const PAGE = 4096
const READ_BYTES = 1 << 20
const HEAD_BYTES = 16
const ZERO = Buffer.alloc(PAGE)
const ORDER = ['state', 'memory'] as const

export async function* imageOf(files: ImageFiles): AsyncGenerator<Buffer> {
  for (const [target, name] of ORDER.entries()) {
    for (let offset = 0; ;) {
      // New for each: what was given away may still wait to be written.
      const { bytesRead, buffer } = await files[name].read(Buffer.allocUnsafe(READ_BYTES), 0, READ_BYTES, offset)
      if (bytesRead === 0) break
      for (const [from, to] of name === 'state' ? [[0, bytesRead] as const] : runsOf(buffer.subarray(0, bytesRead))) {
        yield headOf(target, to - from, offset + from)
        yield buffer.subarray(from, to)
      }
      offset += bytesRead
    }
  }
}

/** From where to where there is something. */
function runsOf(bytes: Buffer): (readonly [from: number, to: number])[] {
  const runs: [number, number][] = []
  for (let at = 0; at < bytes.length; at += PAGE) {
    const page = bytes.subarray(at, at + PAGE)
    if (page.equals(page.length === PAGE ? ZERO : ZERO.subarray(0, page.length))) continue
    const last = runs.at(-1)
    if (last?.[1] === at) last[1] = at + page.length
    else runs.push([at, at + page.length])
  }
  return runs
}

function headOf(target: number, length: number, offset: number): Buffer {
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt32LE(target, 0)
  head.writeUInt32LE(length, 4)
  head.writeBigUInt64LE(BigInt(offset), 8)
  return head
}

/** However the stream is cut into pieces. What is not in it stays a hole. */
export async function writeImage(pieces: AsyncIterable<Buffer>, files: ImageFiles): Promise<void> {
  let head: Buffer = Buffer.alloc(0)
  let run: Run | null = null
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length;) {
      if (run === null) {
        const part = piece.subarray(at, at + HEAD_BYTES - head.length)
        head = Buffer.concat([head, part])
        at += part.length
        if (head.length < HEAD_BYTES) continue
        run = runOf(head, files)
        head = Buffer.alloc(0)
      } else {
        const part = piece.subarray(at, at + run.left)
        await writeAll(run.file, part, run.offset)
        at += part.length
        run = after(run, part.length)
      }
    }
  }
  if (run !== null || head.length > 0) throw new SnapshotError('the snapshot ends in the middle')
}

interface Run { file: FileHandle; left: number; offset: number }

const after = ({ file, left, offset }: Run, bytes: number): Run | null => (bytes === left ? null : { file, left: left - bytes, offset: offset + bytes })

function runOf(head: Buffer, files: ImageFiles): Run {
  const name = ORDER[head.readUInt32LE(0)]
  if (name === undefined) throw new SnapshotError('the snapshot names a file that it cannot hold')
  return { file: files[name], left: head.readUInt32LE(4), offset: Number(head.readBigUInt64LE(8)) }
}

async function writeAll(file: FileHandle, bytes: Buffer, offset: number): Promise<void> {
  for (let done = 0; done < bytes.length;) done += (await file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten
}
