import { appendFileSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RequestTail, type Position } from './request-tail.ts'

const act = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('write' as const), lines: fc.integer({ min: 1, max: 20 }), torn: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('read' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('roll' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
)

test('every line is read once and in order, over torn writes, rolled files and restarts of the reader', async () => {
  await fc.assert(fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
    const folder = mkdtempSync(join(tmpdir(), 'tail-'))
    const seen: string[] = []
    let [written, rolls, rest] = [0, 0, '']
    const open = (position: Position | null): RequestTail => new RequestTail(folder, position && { ...position }, (line) => void seen.push(line))
    let tail = open(null)
    const append = (text: string): void => appendFileSync(join(folder, 'log'), text)
    for (const one of acts) {
      if (one.do === 'write') {
        append(rest)
        const text = Array.from({ length: one.lines }, () => `line ${written++}\n`).join('')
        const cut = one.torn ? text.length - 3 : text.length
        append(text.slice(0, cut))
        rest = text.slice(cut)
      } else if (one.do === 'read') await tail.poll()
      else if (one.do === 'roll') {
        append(rest)
        rest = ''
        renameSync(join(folder, 'log'), join(folder, `log-2026-11-22T00-00-${String(rolls++).padStart(3, '0')}`))
      } else {
        await tail.close()
        tail = open(tail.position())
      }
    }
    append(rest)
    await tail.poll()
    await tail.close()
    rmSync(folder, { recursive: true })
    expect(seen).toEqual(Array.from({ length: written }, (_, at) => `line ${at}`))
  }), { numRuns: 60 })
})

test('where files are gone that were not read to their end, reading goes on with the oldest there is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tail-'))
  const seen: string[] = []
  const tail = new RequestTail(folder, { file: 'gone:1', offset: 99 }, (line) => void seen.push(line))
  await tail.poll()
  appendFileSync(join(folder, 'log-2026'), 'older\n')
  appendFileSync(join(folder, 'log'), `${'x'.repeat(300_000)}\nnewer\n`)
  await tail.poll()
  await tail.close()
  rmSync(folder, { recursive: true })
  expect([seen[0], seen.at(-1)]).toEqual(['older', 'newer'])
})
