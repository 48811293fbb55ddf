import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openEventStream } from './event-stream.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

/** A reader whose window is full from the start. */
const slowReader = () => {
  const written: string[] = []
  const res = Object.assign(new EventEmitter(), {
    destroyed: false, writableNeedDrain: false, writeHead: () => res,
    write: (text: string) => {
      written.push(text)
      res.writableNeedDrain = true
      return false
    },
    end: () => res,
    destroy: () => {
      res.destroyed = true
      res.emit('close')
    },
  })
  return { res, written, stream: openEventStream(res as unknown as ServerResponse, 'req_1') }
}
const frame = { id: '1', event: 'line', data: { line: 'x' } }

test('nothing more is written until a slow reader took what it was given', async () => {
  const { res, written, stream } = slowReader()
  let sent = false
  void stream.send(frame).then(() => { sent = true })
  await vi.advanceTimersByTimeAsync(20_000)
  expect(sent).toBe(false)
  expect(written).toHaveLength(2)
  res.emit('drain')
  await vi.advanceTimersByTimeAsync(0)
  expect(sent).toBe(true)
})

test('a reader that takes nothing for thirty seconds is let go', async () => {
  const { res, stream } = slowReader()
  const sending = stream.send(frame)
  await vi.advanceTimersByTimeAsync(30_000)
  await sending
  expect(res.destroyed).toBe(true)
  expect(stream.closed).toBe(true)
})

test('an idle reader hears something every fifteen seconds, and how far it is', async () => {
  const { res, written, stream } = slowReader()
  res.writableNeedDrain = false
  stream.mark('42')
  await vi.advanceTimersByTimeAsync(15_000)
  expect(written.at(-1)).toBe(': still here\nid: 42\n\n')
  res.emit('close')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(written).toHaveLength(2)
})
