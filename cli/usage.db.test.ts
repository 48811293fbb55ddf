import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { addMeters } from '../server/domain/metering/events/testing.ts'
import { makeCustomer, setPlainMail } from '../server/domain/billing/testing/books.ts'
import { makeUser } from '../server/testing/actors.ts'
import { tokenOf, withApi } from '../server/testing/api.ts'
import { withRuntime } from '../server/testing/runtime.ts'
import { withCli } from './testing/run-cli.ts'
import { signedIn } from './testing/signed-in.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_820, PORT: 21_821 })
const api = withApi()
const cli = withCli()
let owner: Awaited<ReturnType<typeof makeCustomer>>
let env: Record<string, string>
beforeAll(async () => {
  setPlainMail()
  owner = await makeCustomer()
  await addMeters(owner.brand.id, { calls: { aggregation: 'sum' } })
  env = await signedIn(api, owner)
}, 60_000)

test('events are sent, one or many, and read back as a table, as data and as CSV', async () => {
  const sent = await cli.call(['usage', 'send', 'calls', '--quantity', '1.5', '--subject', 'shop', '--id', 'one'], { env })
  expect([sent.code, sent.stderr]).toEqual([0, expect.stringContaining('Counted 1, known before 0, refused 0.')])
  const file = path.join(cli.home(), 'events.jsonl')
  const event = (id: string, value: string) => JSON.stringify({ id, source: 'cli', type: 'calls', data: { value } })
  writeFileSync(file, [event('two', '2'), event('two', '2'), event('bad', 'NaN')].join('\n'))
  const many = await cli.call(['usage', 'send', '--file', file], { env })
  expect([many.code, many.stderr]).toEqual([2, expect.stringContaining('Counted 1, known before 1, refused 1.')])
  expect(many.stderr).toContain('Event 3, /data/value')
  const shown = await cli.call(['usage', '--group', 'subject', '--json'], { env })
  expect(JSON.parse(shown.stdout)).toMatchObject({ rows: [{ meter: 'calls', quantity: '3.5' }], groups: expect.arrayContaining([expect.objectContaining({ key: 'shop' })]) })
  expect((await cli.call(['usage', 'show', '--meter', 'calls', '--csv'], { env })).stdout).toMatch(/^time,group,meter,quantity.*\r\n\d{4}-\d\d-\d\d,No app,calls,3\.5,/)
  expect((await cli.call(['usage', 'show', '--by', 'hour'], { env })).stdout).toMatch(/TIME\s+APP\s+METER/)
  expect((await cli.call(['usage', 'send'], { env })).code).toBe(2)
})

test('only the operator has sums made anew', async () => {
  const { actor } = await makeUser({ staff: true })
  const asked = await cli.call(['usage', 'rebuild', owner.organization.id], { env: { ...env, SHELLWEGO_TOKEN: await tokenOf(actor) } })
  expect([asked.code, asked.stderr]).toEqual([0, expect.stringContaining('being made anew')])
  expect((await cli.call(['usage', 'rebuild', owner.organization.id], { env })).code).toBe(3)
})
