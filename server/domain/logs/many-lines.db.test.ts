import { expect, test } from 'vitest'
import type { LogRecord } from '../../contract/node-api/v1.ts'
import { makeOwner, metaFor } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { insertNode, makeInstance } from '../nodes/testing.ts'
import { downloadAppLogs } from './download-logs.ts'
import { listAppLogs, recordLogs } from './index.ts'
import { compactLogs } from './store/compact.ts'

/** The size the product is made for by `npm run prove`. */
const LINES = process.env.SHELLWEGO_FULL ? 10_000_000 : 60_000
const BATCH = 5_000
const QUESTIONS = 40
const MAX_P95_MS = 500
const MINUTES = 60_000

withRuntime()

/** Sixteen letters that look random and are known from the line's number. */
const idOf = (n: number): string => Array.from({ length: 4 }, (_, at) => (Math.imul(n + 1, 0x9E3779B1 + 2 * at) >>> 16).toString(16).padStart(4, '0')).join('')
const textOf = (n: number): string => `${n % 50 === 0 ? 'ERROR' : 'info'} request ${idOf(n)} of worker ${n % 97} completed as number ${n} in ${n % 1_000} ms`

test('ten million lines of one app are kept, each once and in order, and any of them is found at once', async () => {
  const owner = await makeOwner()
  const nodeId = await insertNode()
  const { appId, instanceId } = await makeInstance(owner.organization.id, nodeId)
  for (let first = 0; first < LINES; first += BATCH) {
    const t = Date.now()
    await recordLogs(nodeId, Array.from({ length: BATCH }, (_, i): LogRecord => ({ w: instanceId, start: instanceId, seq: first + i + 1, t, s: 'stdout', line: textOf(first + i) })))
    if (first % (20 * BATCH) === 0) await compactLogs()
  }
  await compactLogs()

  const ms: number[] = []
  for (let i = 0; i < QUESTIONS; i += 1) {
    const n = Math.floor(LINES * i / QUESTIONS) + 7 * i
    const begun = performance.now()
    const { data, search_complete: complete } = await owner.call(listAppLogs, { app_id: appId, search: idOf(n).toUpperCase() })
    ms.push(performance.now() - begun)
    expect([complete, data.map((one) => one.line)]).toEqual([true, [textOf(n)]])
  }
  const p95 = ms.sort((a, b) => a - b)[Math.floor(QUESTIONS * 0.95)] ?? Infinity
  process.stdout.write(`search of one of ${LINES} lines by its id: p95 ${Math.round(p95)} ms\n`)
  expect(p95).toBeLessThan(MAX_P95_MS)

  const { body } = await downloadAppLogs.handle(metaFor(owner.actor, owner.brand), { organization_id: owner.organization.id, app_id: appId })
  let [rest, kept] = ['', 0]
  for await (const piece of body as AsyncIterable<string>) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (!line.endsWith(textOf(kept))) expect(line).toContain(textOf(kept))
      kept += 1
    }
  }
  expect([rest, kept]).toEqual(['', LINES])
}, process.env.SHELLWEGO_FULL ? 30 * MINUTES : MINUTES)
