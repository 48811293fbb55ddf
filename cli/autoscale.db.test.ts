import { expect, test } from 'vitest'
import { createApp } from '../server/domain/apps/index.ts'
import { makeOwner } from '../server/testing/actors.ts'
import { tokenOf, withApi } from '../server/testing/api.ts'
import { withRuntime } from '../server/testing/runtime.ts'
import { withCli } from './testing/run-cli.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_610, PORT: 21_611 })
const api = withApi()
const cli = withCli()

test('autoscaling is set bit by bit, shown, scheduled and turned off; what is refused says why', async () => {
  const owner = await makeOwner()
  await owner.call(createApp, { name: 'web', image: 'builtin/hello:v1' })
  const env = { SHELLWEGO_URL: api.url(), SHELLWEGO_TOKEN: await tokenOf(owner.actor) }
  const run = (...args: string[]) => cli.call(args, { env })
  const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).stdout) as { policy: Record<string, unknown> }
  expect((await run('autoscale', 'show', 'web', '-o', 'plain')).stdout).toContain('set by hand')
  expect(await run('autoscale', 'set', 'web', '--cpu', '60')).toMatchObject({ code: 2, stderr: expect.stringContaining('--max') as string })
  expect(await run('autoscale', 'set', 'web', '--max', '4')).toMatchObject({ code: 2, stderr: expect.stringContaining('Choose a metric') as string })
  expect((await json('autoscale', 'set', 'web', '--max', '4', '--cpu', '60', '--up-after', '30s')).policy).toMatchObject({ min: 1, max: 4, targets: { cpu_percent: 60 }, cool_down: { up_seconds: 30, down_seconds: 120 } })
  expect((await json('autoscale', 'set', 'web', '--requests', '2.5', '--cpu', 'off')).policy).toMatchObject({ max: 4, targets: { cpu_percent: null, requests_per_second: 2.5 }, cool_down: { up_seconds: 30 } })
  expect((await json('autoscale', 'schedule', 'web', 'weekdays', '08:00-18:00', '3')).policy).toMatchObject({ schedule: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '18:00', at_least: 3 }] })
  expect(await run('autoscale', 'schedule', 'web', 'someday', '08:00-18:00', '3')).toMatchObject({ code: 2 })
  expect((await run('autoscale', 'show', 'web', '-o', 'plain')).stdout).toContain('weekdays 08:00-18:00: 3 (UTC)')
  expect(await run('autoscale', 'unschedule', 'web', 'sat', '08:00-18:00')).toMatchObject({ code: 4 })
  expect((await json('autoscale', 'unschedule', 'web', 'weekdays', '08:00-18:00')).policy).toMatchObject({ schedule: [] })
  expect(await run('apps', 'scale', 'web', '3')).toMatchObject({ code: 5, stderr: expect.stringContaining('turn autoscaling off') as string })
  expect(await run('autoscale', 'set', 'web', '--min', '2')).toMatchObject({ code: 0 })
  expect((await run('autoscale', 'decisions', 'web', '-o', 'plain')).stdout).toMatch(/up\s+1 -> 2\s+bounds\s+At least 2/)
  expect(await run('autoscale', 'off', 'web')).toMatchObject({ code: 0 })
  expect(await run('autoscale', 'off', 'web')).toMatchObject({ code: 4 })
})
