import { expect, test } from 'vitest'
import { makeCustomer, setPlainMail } from '../server/domain/billing/testing/books.ts'
import { withApi } from '../server/testing/api.ts'
import { withRuntime } from '../server/testing/runtime.ts'
import { withCli } from './testing/run-cli.ts'
import { signedIn } from './testing/signed-in.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_492, PORT: 21_493 })
const api = withApi()
const cli = withCli()

test('a budget is set, read, changed and removed; a sum that cannot be is refused', async () => {
  setPlainMail()
  const env = await signedIn(api, await makeCustomer())
  const run = (...args: string[]) => cli.call(args, { env })
  expect((await run('budget', 'get')).stdout).toMatch(/Budget\s+none/)
  expect((await run('budget', 'set', '100', '--hard-cap')).stdout).toMatch(/USD 100\.00[\s\S]*refuses what is new/)
  expect(JSON.parse((await run('budget', 'get', '--json')).stdout)).toMatchObject({ amount: { amount: 10_000 }, hard_cap: true, stop_apps: false })
  expect(await run('budget', 'set', '0.001')).toMatchObject({ code: 2, stderr: expect.stringContaining('2 decimals') as string })
  expect(await run('budget', 'set', '50', '--stop-apps')).toMatchObject({ code: 2, stderr: expect.stringContaining('hard cap') as string })
  expect(await run('budget', 'remove', '--yes')).toMatchObject({ code: 0 })
  expect(await run('budget', 'remove', '--yes')).toMatchObject({ code: 5 })
})
