import { expect, test } from 'vitest'
import { Inbox, Outbox } from './session-stream.ts'
import { frame, inputFrame, outputFrame, readFrame, readInput, readOffset, readOutput, readSize, sizeBytes } from './session-wire.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = (part: Uint8Array | null): string | null => part && new TextDecoder().decode(part)

test('what was not acknowledged is sent again from any byte on', () => {
  const box = new Outbox()
  box.push(bytes('hello '))
  box.push(bytes('wide '), 'stderr')
  box.push(bytes('world'))
  expect([box.ack(8), box.start, box.end, box.waiting]).toEqual([8, 8, 16, 8])
  expect(box.from(0).map((c) => [c.offset, c.stream, text(c.bytes)])).toEqual([[8, 'stderr', 'de '], [11, 'stdout', 'world']])
  expect(box.from(13).map((c) => [c.offset, text(c.bytes)])).toEqual([[13, 'rld']])
  expect([box.ack(3), box.ack(999), box.waiting, box.from(0)]).toEqual([0, 8, 0, []])
})

test('what comes twice counts once, and a hole is not filled by guessing', () => {
  const box = new Inbox()
  expect(text(box.take({ offset: 0, bytes: bytes('abc') }))).toBe('abc')
  expect(box.take({ offset: 0, bytes: bytes('abc') })).toBeNull()
  expect(text(box.take({ offset: 1, bytes: bytes('bcde') }))).toBe('de')
  expect([box.take({ offset: 9, bytes: bytes('x') }), box.received]).toEqual([null, 5])
})

test('frames come back as they were sent; short and odd ones are nothing', () => {
  const out = readFrame(outputFrame(7, { offset: 2 ** 40, stream: 'stderr', bytes: bytes('x') }))
  expect([out?.channel, out && readOutput(out.payload)]).toEqual([7, { offset: 2 ** 40, stream: 'stderr', bytes: bytes('x') }])
  const input = readFrame(inputFrame(1, { offset: 3, bytes: bytes('y') }))
  expect(input && readInput(input.payload)).toMatchObject({ offset: 3, bytes: bytes('y') })
  expect([readFrame(bytes('1234')), readOffset(bytes('1234567')), readOffset(new Uint8Array(8).fill(255))]).toEqual([null, null, null])
  expect(readOutput(bytes('12345678'))).toBeNull()
  expect(readOutput(new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, 9]))).toBeNull()
  expect(readSize(sizeBytes({ columns: 300, rows: 24 }))).toEqual({ columns: 300, rows: 24 })
  for (const length of [4, 2]) expect(readSize(new Uint8Array(length))).toBeNull()
  expect(readFrame(frame(1, 2 ** 32 - 1))?.channel).toBe(2 ** 32 - 1)
})
