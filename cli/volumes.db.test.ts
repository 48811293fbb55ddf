import { expect, test } from 'vitest'
import { makeOwner } from '../server/testing/actors.ts'
import { tokenOf, withApi } from '../server/testing/api.ts'
import { createApp } from '../server/domain/apps/index.ts'
import { volumeNode } from '../server/domain/volumes/testing.ts'
import { withRuntime } from '../server/testing/runtime.ts'
import { withCli } from './testing/run-cli.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 24_600, PORT: 24_601 })
const api = withApi()
const cli = withCli()

test('a volume is made, attached, kept as a snapshot, gone back to, deleted and brought back', async () => {
  const node = await volumeNode()
  const owner = await makeOwner()
  await owner.call(createApp, { name: 'store', image: 'builtin/hello:v1' })
  const env = { SHELLWEGO_URL: api.url(), SHELLWEGO_TOKEN: await tokenOf(owner.actor) }
  const run = (...args: string[]) => cli.call(args, { env })
  const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).stdout) as Record<string, never>
  expect(await run('volumes', 'create', 'data', '--size', '2g')).toMatchObject({ code: 0 })
  expect(await run('volumes', 'create', 'odd', '--size', '100m')).toMatchObject({ code: 2, stderr: expect.stringContaining('multiple of 64m') as string })
  await node.obey()
  expect((await run('volumes', 'list', '-o', 'plain')).stdout).toContain('detached')
  expect(await run('volumes', 'snapshot', 'data', '--name', 'first')).toMatchObject({ code: 0 })
  await node.obey()
  expect(await json('volumes', 'restore', 'data', 'first', '--in-place', '--yes')).toMatchObject({ status: 'restoring' })
  await node.obey()
  expect((await run('volumes', 'snapshots', 'data', '-o', 'plain')).stdout).toContain('before restore of first')
  expect(await json('volumes', 'restore', 'data', 'first', '--name', 'copy')).toMatchObject({ name: 'copy', status: 'creating' })
  expect(await run('volumes', 'restore', 'data', 'none')).toMatchObject({ code: 4 })
  expect((await run('volumes', 'schedule', 'data', '--every', '15', '--keep', '24')).stderr).toContain('every 15 minutes')
  expect(await run('volumes', 'schedule', 'data', '--every', '7', '--keep', '24')).toMatchObject({ code: 2 })
  expect(await json('volumes', 'resize', 'data', '4g')).toMatchObject({ size: '4g' })
  await node.obey()
  expect(await json('volumes', 'attach', 'data', 'store', '/data')).toMatchObject({ mount_path: '/data' })
  expect(await run('volumes', 'detach', 'data')).toMatchObject({ code: 5, stderr: expect.stringContaining('Stop the app first') as string })
  expect(await json('volumes', 'detach', 'data', '--force')).toMatchObject({ app_id: null })
  const gone = await json('volumes', 'delete', 'data', '--yes')
  expect((await run('volumes', 'list', '--deleted', '-o', 'plain')).stdout).toContain('deleted')
  expect(await json('volumes', 'recover', String(gone['id']))).toMatchObject({ name: 'data' })
  expect((await run('volumes', 'get', 'data')).stdout).toMatch(/Schedules\s+every 15 min/)
})
