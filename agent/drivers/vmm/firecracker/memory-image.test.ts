import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SnapshotError } from '../../vmm.ts'
import { imageOf, writeImage } from './memory-image.ts'

let folder: string
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'image-')) })
afterAll(() => rm(folder, { recursive: true, force: true }))

const PAGE = 4096
const MEMORY_PAGES = 600

async function opened<T>(name: string, mode: string, use: (files: Parameters<typeof imageOf>[0]) => Promise<T>): Promise<T> {
  const [state, memory] = [await open(join(folder, `${name}.state`), mode), await open(join(folder, `${name}.memory`), mode)]
  try {
    return await use({ state, memory })
  } finally {
    await state.close()
    await memory.close()
  }
}

async function streamed(memory: Buffer, state: Buffer): Promise<Buffer> {
  await writeFile(join(folder, 'from.memory'), memory)
  await writeFile(join(folder, 'from.state'), state)
  return opened('from', 'r', async (files) => Buffer.concat(await Array.fromAsync(imageOf(files))))
}

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

test('whatever pages are written and however the stream is cut, both files come back, and zero pages take no room', async () => {
  const pages = fc.uniqueArray(fc.record({ at: fc.nat(MEMORY_PAGES - 1), byte: fc.integer({ min: 1, max: 255 }) }), { selector: ({ at }) => at, maxLength: 40 })
  await fc.assert(fc.asyncProperty(pages, fc.uint8Array({ maxLength: 9000 }), fc.integer({ min: 1, max: 300_000 }), async (written, state, size) => {
    const memory = Buffer.alloc(MEMORY_PAGES * PAGE)
    for (const { at, byte } of written) memory.writeUInt8(byte, at * PAGE + (byte * 13) % PAGE)
    const stream = await streamed(memory, Buffer.from(state))
    expect(stream.length).toBeLessThanOrEqual(state.length + 16 + written.length * (PAGE + 16))
    await opened('to', 'w', async (files) => {
      await files.memory.truncate(memory.length)
      await writeImage(cut(stream, Math.max(size, stream.length >> 6)), files)
    })
    expect((await readFile(join(folder, 'to.memory'))).equals(memory)).toBe(true)
    expect((await readFile(join(folder, 'to.state'))).equals(Buffer.from(state))).toBe(true)
    // Beside them the file system's own notes of where they lie.
    expect((await stat(join(folder, 'to.memory'))).blocks * 512).toBeLessThanOrEqual((written.length + 4) * PAGE)
  }), { numRuns: 15 })
}, 30_000)

test('a stream that ends in the middle, or names another file, is no snapshot', async () => {
  const stream = await streamed(Buffer.alloc(3 * PAGE, 7), Buffer.from('state'))
  const into = (bytes: Buffer): Promise<void> => opened('short', 'w', (files) => writeImage(cut(bytes, 1000), files))
  await into(stream)
  for (const length of [1, 15, 16, 20, stream.length - 1]) await expect(into(stream.subarray(0, length))).rejects.toBeInstanceOf(SnapshotError)
  await expect(into(Buffer.concat([stream, Buffer.alloc(16, 9)]))).rejects.toThrow('a file that it cannot hold')
})
