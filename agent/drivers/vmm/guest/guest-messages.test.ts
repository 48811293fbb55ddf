import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exitFromConsole } from './console.ts'
import { decodeExit, decodeGap, decodeLogs, decodeStats } from './guest-messages.ts'

test('payloads a hostile guest makes up never throw', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (array) => {
    const payload = Buffer.from(array)
    for (const { line } of decodeLogs(payload)) expect(line.length).toBeLessThanOrEqual(payload.length)
    decodeGap(payload)
    decodeExit(payload)
    decodeStats(payload)
  }))
})

test('a line that is said to be longer than what came is not delivered in part', () => {
  const payload = Buffer.alloc(21 + 4)
  payload.writeUInt32LE(5, 17)
  expect(decodeLogs(payload)).toEqual([])
  payload.writeUInt32LE(4, 17)
  expect(decodeLogs(payload)).toHaveLength(1)
})

test('the exit record on the console counts, and a panic is told by its telling lines', () => {
  expect(exitFromConsole('[1.0] noise\nshellwego-init: exit code=-1 signal=9 oom=1\n')).toEqual({ kind: 'process', code: null, signal: 9, oom: true })
  expect(exitFromConsole('shellwego-init: exit code=3 signal=-1 oom=0\n')).toEqual({ kind: 'process', code: 3, signal: null, oom: false })
  expect(exitFromConsole('shellwego-init: root not found\n[2.0] Kernel panic - not syncing\n[2.1] Call Trace:\n'))
    .toEqual({ kind: 'vmm', reason: 'guest_panic', detail: 'shellwego-init: root not found\n[2.0] Kernel panic - not syncing' })
  expect(exitFromConsole('nothing of note')).toBeNull()
})
