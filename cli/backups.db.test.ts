import { expect, test } from 'vitest'
import { makeOwner } from '../server/testing/actors.ts'
import { tokenOf, withApi } from '../server/testing/api.ts'
import { createTarget, createVolume } from '../server/domain/volumes/index.ts'
import { backupNode } from '../server/domain/volumes/backups/testing.ts'
import { volumeNode } from '../server/domain/volumes/testing.ts'
import { withRuntime } from '../server/testing/runtime.ts'
import { withCli } from './testing/run-cli.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 25_600, PORT: 25_601 })
const api = withApi()
const cli = withCli()

test('a backup is made, restored on trial, restored for good and deleted', async () => {
  const node = await volumeNode()
  const carrier = backupNode(node)
  const owner = await makeOwner()
  await owner.call(createVolume, { name: 'data' })
  await node.obey()
  const env = { SHELLWEGO_URL: api.url(), SHELLWEGO_TOKEN: await tokenOf(owner.actor) }
  const run = (...args: string[]) => cli.call(args, { env })
  const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).stdout) as Record<string, never>
  expect(await run('backups', 'create', 'data')).toMatchObject({ code: 5, stderr: expect.stringContaining('no bucket') as string })
  await owner.call(createTarget, { endpoint: 'https://s3.example.com', bucket: 'backups', access_key_id: 'AK', secret_access_key: 'secret' })
  const backup = String((await json('backups', 'create', 'data', '--keep', '30'))['id'])
  await node.obey()
  await carrier.report()
  expect((await run('backups', 'list', '-o', 'plain')).stdout).toContain('ready')
  expect(await run('backups', 'drill', backup)).toMatchObject({ code: 0 })
  await carrier.report()
  expect((await run('backups', 'drills', '-o', 'plain')).stdout).toContain('passed')
  expect(await json('backups', 'restore', backup, 'again')).toMatchObject({ name: 'again', status: 'creating' })
  await node.obey()
  expect(await run('backups', 'delete', backup, '--yes')).toMatchObject({ code: 0 })
  expect((await run('volumes', 'get', 'data')).stdout).toMatch(/Last proven restore\s+\S/)
  expect((await run('volumes', 'schedule', 'data', '--backup', '--every', '1440', '--keep', '720')).stderr).toContain('A backup every 1440 minutes')
})
