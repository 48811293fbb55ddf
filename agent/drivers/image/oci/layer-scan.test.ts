import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LayerTooLarge, scanLayer, TarCounter } from './layer-scan.ts'

let dir: string
beforeAll(async () => { dir = await mkdtemp(join(tmpdir(), 'scan-')) })
afterAll(() => rm(dir, { recursive: true, force: true }))

function block(name: string, type: string, size: number | string, content = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(512)
  header.write(name)
  header.write(typeof size === 'string' ? size : size.toString(8).padStart(11, '0'), 124)
  header.write(type, 156)
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)])
}

const regular = (size: number): Buffer => block('f', '0', size, Buffer.alloc(size, 7))
const END = Buffer.alloc(1024)

function count(tar: Buffer, piece: number): TarCounter['content'] {
  const counter = new TarCounter()
  for (let at = 0; at < tar.length; at += piece) counter.push(tar.subarray(at, at + piece))
  return counter.content
}

test('entries and bytes do not depend on how the stream is cut', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 12 }), fc.integer({ min: 1, max: 4000 }), (sizes, piece) => {
    const content = count(Buffer.concat([...sizes.map(regular), END]), piece)
    expect(content.entries).toBe(sizes.length)
    expect(content.bytes).toBeGreaterThanOrEqual(sizes.reduce((sum, size) => sum + size, 0))
  }))
})

test('content that looks like headers is not counted', () => {
  const hidden = Buffer.concat([regular(10), regular(10), END])
  expect(count(Buffer.concat([block('f', '0', hidden.length, hidden), regular(1)]), 100).entries).toBe(2)
})

test('long names and pax records are no files, and a pax size wins', () => {
  const pax = Buffer.from('19 size=00000001000\n')
  const tar = [block('L', 'L', 300, Buffer.alloc(300, 97)), block('x', 'x', pax.length, pax), block('f', '0', 0, Buffer.alloc(1000)), regular(5), END]
  expect(count(Buffer.concat(tar), 77)).toMatchObject({ entries: 2 })
  expect(count(Buffer.concat(tar), 77).bytes).toBeGreaterThanOrEqual(4096 * 2)
})

test('links and devices count as entries without content', () => {
  expect(count(Buffer.concat([block('l', '2', 0), block('c', '3', 0), block('d', '5', 0), END]), 512).entries).toBe(3)
})

test('limits stop the scan of plain and gzip layers', async () => {
  const tar = Buffer.concat([...Array.from({ length: 50 }, () => regular(100_000)), END])
  const signal = new AbortController().signal
  for (const [name, content] of [['plain', tar], ['gzip', gzipSync(tar)]] as const) {
    const path = join(dir, name)
    await writeFile(path, content)
    expect((await scanLayer(path, { bytes: 1 << 30, entries: 50 }, signal)).entries).toBe(50)
    await expect(scanLayer(path, { bytes: 1 << 20, entries: 50 }, signal)).rejects.toBeInstanceOf(LayerTooLarge)
    await expect(scanLayer(path, { bytes: 1 << 30, entries: 49 }, signal)).rejects.toBeInstanceOf(LayerTooLarge)
  }
})

test('a gzip stream that ends early is an error', async () => {
  const path = join(dir, 'short')
  await writeFile(path, gzipSync(Buffer.concat([regular(50_000), END])).subarray(0, 60))
  await expect(scanLayer(path, { bytes: 1 << 30, entries: 50 }, new AbortController().signal)).rejects.toMatchObject({ code: 'Z_BUF_ERROR' })
})
