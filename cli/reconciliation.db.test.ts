import { mkdtempSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { setPlainMail } from '../server/domain/billing/testing/books.ts'
import { makeAccount, makeInvoices, MAPPING } from '../server/domain/reconciliation/testing/bank.ts'
import { makeUser } from '../server/testing/actors.ts'
import { withApi } from '../server/testing/api.ts'
import { drainJobs, withRuntime } from '../server/testing/runtime.ts'
import { withCli } from './testing/run-cli.ts'
import { signedIn } from './testing/signed-in.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_484, PORT: 21_485 })
const api = withApi()
const cli = withCli()
let env: Record<string, string>
let folder: string

beforeAll(async () => {
  setPlainMail()
  folder = mkdtempSync(path.join(os.tmpdir(), 'statement-'))
  env = await signedIn(api, await makeUser({ staff: true }))
})
const run = (...args: string[]) => cli.call(['reconciliation', ...args], { env })

test('a statement is imported, its lines and what is to be decided are listed', async () => {
  const account = await makeAccount(await makeUser({ staff: true }))
  const { invoices: [one] } = await makeInvoices([1_000])
  const file = path.join(folder, 'november.csv')
  writeFileSync(file, `Date,Amount,From,Account,Text,Ref\n2026-11-20,10.00,Ada,,${one?.number ?? ''},1\n2026-11-20,7.00,Eve,,hello,2\nx,1,,,,\n`)
  writeFileSync(path.join(folder, 'bank.json'), JSON.stringify(MAPPING))
  expect((await run('accounts')).stdout).toContain(account.name)
  expect(await run('import', file, '--account', 'nobody')).toMatchObject({ code: 4 })
  expect(await run('import', file, '--account', account.name, '--mapping', path.join(folder, 'bank.json')))
    .toMatchObject({ code: 0, stderr: expect.stringMatching(/Line 4: .*2 new lines, 0 known already, 1 not read/s) as string })
  expect((await run('import', file, '--account', account.id)).stderr).toContain('imported before')
  await drainJobs()
  expect((await run('lines', '--state', 'booked')).stdout).toMatch(new RegExp(`Ada.*booked.*${one?.number ?? ''}`))
  expect((await run('items')).stdout).toContain('USD 7.00 from Eve')
  const [item] = JSON.parse((await run('items', '--json')).stdout) as { id: string }[]
  expect(await run('close', item?.id ?? '', '--note', 'looked at it')).toMatchObject({ code: 5, stderr: expect.stringContaining('still in suspense') as string })
  expect(await run('run')).toMatchObject({ code: 0 })
  await drainJobs()
  expect((await run('payouts')).code).toBe(0)
  expect((await run('health')).code).toBe(0)
})
