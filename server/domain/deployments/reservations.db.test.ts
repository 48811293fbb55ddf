import { expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { makeOwner } from '../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { createApp } from '../apps/index.ts'
import { insertNode } from '../nodes/testing.ts'
import { advanceApp } from './advance-app.ts'

withRuntime()
const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => (await runtime().databases.systemPool.query<T>(text, values)).rows

test('placements at the same moment never promise a node twice, and the ones that do not fit are told why', async () => {
  const apps: string[] = []
  for (let n = 0; n < 6; n += 1) {
    const owner = await makeOwner()
    apps.push((await owner.call(createApp, { name: `at-once-${n}`, image: 'builtin/hello:v1', resources: { memory: '512m' } })).id)
  }
  const nodeId = await insertNode()
  await sql('UPDATE node SET facts = jsonb_set(facts, \'{memory_mib}\', \'2048\') WHERE id = $1', [nodeId])
  await Promise.all(apps.map((id) => advanceApp.run({ subject_id: id, org_id: null })))
  await drainJobs()
  const placed = await sql<{ app_id: string }>('SELECT app_id FROM instance WHERE node_id = $1 AND desired = \'running\'', [nodeId])
  expect(placed).toHaveLength(3)
  const told = await sql<{ error_code: string; error_detail: string }>('SELECT error_code, error_detail FROM deployment WHERE state = \'failed\' AND app_id = ANY($1)', [apps])
  expect(told).toHaveLength(3)
  for (const { error_code: code, error_detail: detail } of told) expect([code, detail]).toEqual(['no_capacity', expect.stringContaining('1 lacks memory (512 MiB asked for')])
})
