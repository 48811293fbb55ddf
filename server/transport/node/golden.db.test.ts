import { afterAll, beforeAll, expect, test } from 'vitest'
import { LogsReply, RegisterRequest, SessionRequest, StatusReply, StatusRequest, UsageReply, UsageRequest } from '../../contract/node-api/v1.ts'
import { runtime } from '../../core/runtime.ts'
import { setDesired } from '../../domain/nodes/index.ts'
import { makeInstance, vmSpec } from '../../domain/nodes/testing.ts'
import { makeOwner } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { FakeAgent, listen } from './testing.ts'

/** Version 1 as agents in the field speak it, written out: a change here is a change of the protocol. */
const GOLDEN = {
  register: `{"join_token":"join_x","install_id":"0123456789abcdef","public_key":"MCowBQYDK2VwAyEA","boot_id":"b-1","agent_version":"0.1.0","facts":
    {"hostname":"n1","cpu":2,"memory_mib":4096,"disk_mib":20000,"kernel":"6.1.0","driver":"qemu","accelerator":"tcg","isolation":"emulated","network":"user"}}`,
  session: `{"boot_id":"b-1","agent_version":"0.1.1","facts":{"hostname":"n1","cpu":2,"memory_mib":4096,"disk_mib":20000,"kernel":"6.1.0","driver":"qemu",
    "accelerator":"kvm","isolation":"hardware","network":"bridge"}}`,
  status: `{"session_id":"SESSION","seq":1,"observed_epoch":"","observed_index":1,"boot_id":"b-1","heartbeat":true,"objects":[{"kind":"vm","id":"INSTANCE",
    "generation":1,"phase":"running","code":null,"reason":null,"health":"ok","restarts":0,"vm_start_id":"s-1","image_digest":"sha256:ab","since_ms":5120,
    "running_ms":5000}],"node":{"load":0.2,"memory_free_mib":2048,"disk_free_mib":1000,"conditions":[{"type":"edge_down","message":"no answer"}]}}`,
  usage: `{"stream_id":"u1","records":[{"seq":1,"vm_start_id":"s-1","workload_id":"INSTANCE","ago_ms":1500,"cum":{"cpu_us":91000000,"disk_rd":1,"disk_wr":2,
    "net_rx":3,"net_tx":1048576},"memory_used_mib":42.5}]}`,
  logs: ['{"w":"INSTANCE","start":"s-1","seq":0,"t":1795242458000,"s":"stdout","line":"hello"}', '{"w":"INSTANCE","start":"s-1","seq":1,"t":1795242458001,"gap":10}'],
} as const

withRuntime()
let server: Awaited<ReturnType<typeof listen>>
const agent = () => new FakeAgent(server.port)
beforeAll(async () => { server = await listen() })
afterAll(() => server.close())

test.each([['register', RegisterRequest], ['session', SessionRequest], ['status', StatusRequest], ['usage', UsageRequest]] as const)(
  '%s as spoken in the field fits the contract', (name, schema) => {
    expect(schema.safeParse(JSON.parse(GOLDEN[name])).error).toBeUndefined()
  })

test('the portal answers the messages of version 1 in its words', async () => {
  const node = agent()
  await node.join()
  const { organization } = await makeOwner()
  const { instanceId } = await makeInstance(organization.id, node.nodeId)
  const spec = vmSpec()
  await runtime().databases.asSystem('job', (db) => setDesired(db, node.nodeId, { kind: 'vm', id: instanceId, desired: 'running', spec }))
  const list = await node.poll(0)
  const { epoch } = list.body as { epoch: string }
  expect(list.body).toEqual({ epoch, index: 2, complete: true, objects: [{ kind: 'vm', id: instanceId, generation: 1, desired: 'running', spec }] })
  expect(list.headers).toMatchObject({ etag: `"${epoch}:2"`, 'content-type': 'application/json' })
  const filled = (text: string): unknown => JSON.parse(text.replaceAll('INSTANCE', instanceId).replaceAll('SESSION', node.sessionId))
  const status = await node.post('/node/v1/status', filled(GOLDEN.status))
  expect(StatusReply.parse(status.body)).toMatchObject({ acked_seq: 1, lease_ttl_s: 40 })
  expect(Object.keys(status.body as object).sort()).toEqual(['acked_seq', 'fencing', 'lease_ttl_s', 'next_heartbeat_s'])
  expect(UsageReply.strict().parse((await node.post('/node/v1/usage', filled(GOLDEN.usage))).body)).toEqual({ acked_seq: 1 })
  expect(LogsReply.strict().parse((await node.logs(GOLDEN.logs.map(filled), true)).body)).toEqual({ acked: { 's-1': 1 } })
  const session = await node.post('/node/v1/session', JSON.parse(GOLDEN.session))
  expect(Object.keys(session.body as object).sort()).toEqual(
    ['credential', 'credential_ttl_s', 'epoch', 'fencing', 'heartbeat_s', 'lease_ttl_s', 'node_id', 'poll_wait_s', 'server_time', 'session_id'])
})

test.each([
  ['an unknown field', '/node/v1/usage', { stream_id: 'u', records: [], colour: 'red' }],
  ['a phase that does not exist', '/node/v1/status', JSON.parse(GOLDEN.status.replace('"running"', '"flying"'))],
  ['a counter below zero', '/node/v1/usage', JSON.parse(GOLDEN.usage.replace('91000000', '-1'))],
])('%s is refused as a whole', async (_what, path, body) => {
  const node = agent()
  await node.join()
  const answer = await node.post(path, body)
  expect([answer.status, answer.body]).toMatchObject([400, { code: 'bad_request' }])
})

test('a body that grows past its limit when unpacked is refused', async () => {
  const node = agent()
  await node.join()
  const line = { w: 'x', start: 'x', seq: 1, t: 0, s: 'stdout', line: ' '.repeat(16_000) }
  const answer = await node.logs(Array.from({ length: 600 }, () => line), true)
  expect([answer.status, answer.body]).toMatchObject([413, { code: 'bad_request' }])
})
