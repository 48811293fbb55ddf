import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CHANNEL_PORT, encodeFrame, EXIT_FLAG, FRAME_MAX, FrameReader, MSG, SESSION_FLAG, STATE, STREAM } from './protocol.ts'

const bytes = fc.uint8Array({ maxLength: 1200 }).map((array) => Buffer.from(array))
/** Long runs without a zero byte, which take COBS past its 254-byte blocks. */
const dense = fc.tuple(fc.integer({ min: 250, max: 520 }), fc.integer({ min: 1, max: 255 })).map(([length, value]) => Buffer.alloc(length, value))
const payloads = fc.oneof(bytes, dense)

test('what one side frames the other reads, however the stream is cut', () => {
  fc.assert(fc.property(
    fc.array(fc.record({ type: fc.integer({ min: 1, max: 255 }), payload: payloads }), { maxLength: 8 }),
    fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 20 }),
    (frames, cuts) => {
      const stream = Buffer.concat(frames.map(({ type, payload }) => encodeFrame(type, payload)))
      const reader = new FrameReader()
      const read = []
      for (let at = 0, cut = 0; at < stream.length; cut += 1) {
        const size = cuts[cut % cuts.length] ?? 1
        read.push(...reader.push(stream.subarray(at, at + size)))
        at += size
      }
      expect(read).toEqual(frames.map(({ type, payload }) => ({ type, payload })))
    },
  ))
})

test('no encoded frame holds a zero byte but the one that ends it', () => {
  fc.assert(fc.property(payloads, (payload) => {
    const encoded = encodeFrame(MSG.LOGS, payload)
    expect(encoded.indexOf(0)).toBe(encoded.length - 1)
  }))
})

test('after a frame cut off by a dead peer the next frame is read, and nothing that was never sent', () => {
  fc.assert(fc.property(payloads, fc.double({ min: 0, max: 1, noNaN: true }), (payload, part) => {
    const cut = encodeFrame(MSG.LOGS, payload)
    const remains = cut.subarray(0, Math.floor((cut.length - 1) * part))
    const read = new FrameReader().push(Buffer.concat([remains, Buffer.alloc(1), encodeFrame(MSG.GO)]))
    expect(read.at(-1)).toEqual({ type: MSG.GO, payload: Buffer.alloc(0) })
    expect([[], [{ type: MSG.LOGS, payload }]]).toContainEqual(read.slice(0, -1))
  }))
})

test('garbage never throws and never passes for a frame', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (garbage) => {
    expect(new FrameReader().push(Buffer.concat([Buffer.from(garbage), Buffer.alloc(1)]))).toEqual([])
  }))
})

test('a frame that never ends does not grow without limit', () => {
  const reader = new FrameReader()
  for (let chunk = 0; chunk < 100; chunk += 1) reader.push(Buffer.alloc(65_536, 1))
  expect(reader.push(Buffer.concat([Buffer.alloc(1), encodeFrame(MSG.GO)]))).toHaveLength(1)
})

test('the numbers are those of the C header', () => {
  const header = readFileSync(join(import.meta.dirname, 'init', 'protocol.h'), 'utf8')
  const defined = Object.fromEntries([...header.matchAll(/#define (\w+) (\d+)/g)].map(([, name, value]) => [name, Number(value)]))
  const prefixed = (prefix: string, values: Record<string, number>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}_${name}`, value]))
  expect(defined).toEqual({
    FRAME_MAX, CHANNEL_PORT, ...prefixed('MSG', MSG), ...prefixed('STATE', STATE), ...prefixed('STREAM', STREAM), ...prefixed('SESSION', SESSION_FLAG), ...prefixed('EXIT', EXIT_FLAG),
  })
})
