import { expect, test } from 'vitest'
import { insertNode } from '../server/domain/nodes/testing.ts'
import { makeUser } from '../server/testing/actors.ts'
import { withApi } from '../server/testing/api.ts'
import { withRuntime } from '../server/testing/runtime.ts'
import { withCli } from './testing/run-cli.ts'
import { signedIn } from './testing/signed-in.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 26_010, PORT: 26_011 })
const api = withApi()
const cli = withCli()

test('an operator places, cordons, drains and deletes nodes', async () => {
  const env = await signedIn(api, await makeUser({ staff: true }))
  const run = (...args: string[]) => cli.call(['nodes', ...args], { env })
  const node = await insertNode()
  expect((await run('set', node, '--zone', 'rack-2', '--label', 'disk=fast', '--label', 'gpu')).stderr).toContain('stands in local, rack-2')
  expect((await run('get', node)).stdout).toMatch(/Labels\s+(disk=fast, gpu|gpu, disk=fast)/)
  expect(await run('set', node, '--zone', 'Not a name')).toMatchObject({ code: 2 })
  expect(await run('cordon', node, '--reason', 'new disk')).toMatchObject({ code: 0 })
  expect((await run('list', '-o', 'plain')).stdout).toContain('cordoned')
  expect(await run('uncordon', node)).toMatchObject({ code: 0 })
  expect(await run('drain-status', node)).toMatchObject({ code: 4 })
  expect((await run('drain', node, '--then', 'maintenance', '--no-wait', '--batch', '3')).stdout).toMatch(/Then\s+maintenance/)
  expect(await run('drain', node, '--no-wait')).toMatchObject({ code: 5, stderr: expect.stringContaining('being drained already') as string })
  expect((await run('drain-status', node)).stdout).toMatch(/State\s+running/)
  expect((await run('drain-cancel', node)).stdout).toMatch(/State\s+cancelled/)
  expect(await run('drain', node, '--to', 'node_none')).toMatchObject({ code: 2 })
  expect((await run('join-token', '--region', 'lagos', '--zone', 'a')).stdout).toContain('join_')
  expect((await run('join-token')).stdout).toContain('/install.sh')
  expect(await run('upgrade')).toMatchObject({ code: 5 })
  expect(await run('upgrade-resume')).toMatchObject({ code: 4 })
  expect((await run('upgrade-status')).stderr).toContain('No upgrade was made yet')
  expect(await run('revoke', node, '--reason', 'stolen', '--yes')).toMatchObject({ code: 0 })
  expect((await run('get', node)).stdout).toContain('Revoked: stolen')
  expect(await run('delete', node)).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') as string })
  expect(await run('delete', node, '--yes')).toMatchObject({ code: 0 })
  expect(await run('get', node)).toMatchObject({ code: 4 })
})

test('metrics of a node, and the token of Prometheus', async () => {
  const env = await signedIn(api, await makeUser({ staff: true }))
  const run = (...args: string[]) => cli.call(['nodes', ...args], { env })
  const node = await insertNode()
  expect((await run('metrics', node, '--metric', 'requests', '--from', '2h')).stdout).toMatch(/2xx\s+0\s+0\s+0\s+0\s+0\s+requests per minute/)
  expect(await run('metrics', node, '--from', '9d', '--resolution', '1m')).toMatchObject({ code: 2, stderr: expect.stringContaining('at most 1500 points') as string })
  expect(await run('metrics', 'node_none')).toMatchObject({ code: 4 })
  expect((await run('prometheus')).stdout).toMatch(/On\s+no/)
  expect((await run('prometheus', '--on')).stdout).toMatch(/Token\s+metrics_/)
  expect((await run('prometheus')).stdout).toMatch(/On\s+yes/)
  expect((await run('prometheus', '--off')).stdout).toMatch(/On\s+no/)
  expect(await run('prometheus', '--off')).toMatchObject({ code: 4 })
})
