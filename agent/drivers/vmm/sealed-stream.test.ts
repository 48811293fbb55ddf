import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSealed, SealError, writeSealed } from './sealed-stream.ts'

let folder: string
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'sealed-')) })
afterAll(() => rm(folder, { recursive: true, force: true }))

async function* chunks(plain: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < plain.length; at += size) yield plain.subarray(at, at + size)
}

async function readAll(path: string, key: Buffer): Promise<{ header: string; plain: Buffer }> {
  const file = await openSealed(path)
  try {
    const pieces: Buffer[] = []
    for await (const piece of file.pieces(key)) pieces.push(piece)
    return { header: file.header, plain: Buffer.concat(pieces) }
  } finally {
    await file.close()
  }
}

test('what was written comes back, whatever its length and however it came', async () => {
  await fc.assert(fc.asyncProperty(fc.nat(3 << 20), fc.integer({ min: 1000, max: 2 << 20 }), async (length, size) => {
    const [path, key, plain] = [join(folder, 'a'), randomBytes(32), randomBytes(length)]
    const bytes = await writeSealed(path, '{"of":"me"}', key, chunks(plain, size))
    expect(bytes).toBe((await readFile(path)).length)
    const back = await readAll(path, key)
    expect([back.header, back.plain.equals(plain)]).toEqual(['{"of":"me"}', true])
  }), { numRuns: 20 })
})

test('any changed byte, a missing end and another key are noticed', async () => {
  const [path, key] = [join(folder, 'b'), randomBytes(32)]
  const plain = Buffer.alloc(2_500_000, 'memory')
  await writeSealed(path, 'header', key, chunks(plain, 300_000))
  const whole = await readFile(path)
  expect(whole.includes('memorymemory')).toBe(false)
  await expect(readAll(path, randomBytes(32))).rejects.toBeInstanceOf(SealError)
  for (const at of [0, 9, 14, 20, 30, 1_200_000, whole.length - 1]) {
    const broken = Buffer.from(whole)
    broken.writeUInt8(broken.readUInt8(at) ^ 1, at)
    await writeFile(path, broken)
    await expect(readAll(path, key), `byte ${at}`).rejects.toBeInstanceOf(SealError)
  }
  for (const length of [5, 20, 1_000_000, whole.length - 1]) {
    await writeFile(path, whole)
    await truncate(path, length)
    await expect(readAll(path, key), `cut at ${length}`).rejects.toBeInstanceOf(SealError)
  }
})

test('a stream that breaks off leaves no file', async () => {
  const path = join(folder, 'c')
  const broken = async function* (): AsyncGenerator<Buffer> {
    yield Buffer.alloc(10)
    throw new Error('gone')
  }
  await expect(writeSealed(path, '', randomBytes(32), broken())).rejects.toThrow('gone')
  await expect(openSealed(path)).rejects.toThrow('ENOENT')
  await expect(openSealed(`${path}.new`)).rejects.toThrow('ENOENT')
})
