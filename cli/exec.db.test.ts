import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../server/core/runtime.ts'
import { makeOwner } from '../server/testing/actors.ts'
import { withApi } from '../server/testing/api.ts'
import { withSessionNode } from '../server/testing/node-sessions.ts'
import { withRuntime } from '../server/testing/runtime.ts'
import { withCli } from './testing/run-cli.ts'
import { signedIn } from './testing/signed-in.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 25_430, PORT: 25_431 })
const api = withApi()
const node = withSessionNode(api)
const cli = withCli()
let env: Record<string, string>
let app: string
beforeAll(async () => {
  const owner = await makeOwner()
  app = (await node.runningApp(owner.organization.id)).appId
  env = await signedIn(api, owner)
}, 60_000)

test('exec: input, both outputs and the exit code are those of the command', async () => {
  expect(await cli.call(['exec', app, '--', 'cat', '42'], { env, input: 'piped' })).toEqual({ code: 42, stdout: 'piped', stderr: 'cat 42' })
  expect((await cli.call(['exec', app, '--', 'cat', '0', '--json'], { env })).stderr).toBe('cat 0 --json')
})

test('exec: more output than any window comes whole', async () => {
  const { stdout, code } = await cli.call(['exec', app, '--', 'flood', String(5 << 20)], { env })
  expect([stdout.length, code]).toEqual([5 << 20, 0])
})

test('exec: what cannot run says why, and has the code a shell would give', async () => {
  expect(await cli.call(['exec', app, '--', '/no/such'], { env })).toMatchObject({ code: 127 })
  expect(await cli.call(['exec', 'nowhere', '--', 'true'], { env })).toMatchObject({ code: 4 })
  await runtime().databases.systemPool.query('UPDATE instance SET phase = \'stopped\'')
  expect(await cli.call(['exec', app, '--', 'true'], { env })).toMatchObject({ code: 5, stderr: expect.stringContaining('Start the app') })
  await runtime().databases.systemPool.query('UPDATE instance SET phase = \'running\'')
})

test('exec: Ctrl-C ends the command too', async () => {
  const child = cli.start(['exec', app, '--', 'hang'], env)
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (node.sessions() === 0) return
      clearInterval(timer)
      resolve()
    }, 20)
  })
  child.kill('SIGINT')
  expect(await ended).toBe(130)
  expect(node.sessions()).toBe(0)
})

test('terminal: raw keys, its size, its end; and only on a terminal', async () => {
  const shown = await cli.onTerminal(['terminal', app], [['$ 100x', 'typed\u0003'], ['typed', 'exit']], { env, columns: 100 })
  expect([shown.code, shown.stdout]).toEqual([0, expect.stringContaining('typed\u0003')])
  const left = await cli.onTerminal(['terminal', app], [['$ ', '\r~.']], { env })
  expect([left.code, left.stdout]).toEqual([1, expect.stringContaining('It was closed.')])
  expect(await cli.call(['terminal', app], { env })).toMatchObject({ code: 2, stderr: expect.stringContaining('shellwego exec') })
})
