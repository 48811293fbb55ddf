import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { approveDevice, denyDevice } from '../server/domain/devices/index.ts'
import { makeOwner } from '../server/testing/actors.ts'
import { tokenOf, withApi } from '../server/testing/api.ts'
import { withRuntime } from '../server/testing/runtime.ts'
import { withCli } from './testing/run-cli.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_412, PORT: 21_413 })
const api = withApi()
const cli = withCli()
let owner: Awaited<ReturnType<typeof makeOwner>>
beforeAll(async () => { owner = await makeOwner() })

const folder = (): string => path.join(cli.home(), '.config/shellwego')
const credentials = (): string => path.join(folder(), 'credentials.json')
beforeEach(() => rmSync(folder(), { recursive: true, force: true }))
const signInWithToken = async (url = api.url(), ...more: string[]) =>
  cli.call(['auth', 'login', '--with-token', '--url', url, ...more], { input: `${await tokenOf(owner.actor)}\n` })

/** Signs in by device, and answers in the console as soon as the code is shown. */
const deviceLogin = async (answer: typeof approveDevice | typeof denyDevice, ...args: string[]) => {
  const child = cli.start(['auth', 'login', '--url', api.url(), ...args])
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk) => { stdout += String(chunk) })
  child.stderr.on('data', (chunk) => {
    const before = stderr
    stderr += String(chunk)
    const code = /the code (\w{4}-\w{4})/
    if (!code.test(before) && code.test(stderr)) void owner.call(answer, { user_code: code.exec(stderr)?.[1] ?? '' })
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, stdout, stderr }
}

test('signing in by device keeps a token in a file of one\'s own; signing out revokes it', async () => {
  const done = await deviceLogin(approveDevice, '--scope', 'apps:read')
  expect(done).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining(`Signed in to ${api.url()} as ${owner.actor.email}`) })
  expect(done.stderr).toMatch(/Open https:\/\/console\.localhost\/device\?code=\w{4}-\w{4}/)
  expect([statSync(credentials()).mode & 0o777, statSync(folder()).mode & 0o777]).toEqual([0o600, 0o700])
  const { tokens } = JSON.parse(readFileSync(credentials(), 'utf8')) as { tokens: Record<string, { token: string }> }
  const token = tokens.default?.token ?? ''
  expect(token).toMatch(/^pat_shellwego_/)
  expect(readFileSync(path.join(folder(), 'config.json'), 'utf8')).not.toContain(token)
  expect((await cli.call(['apps', 'list', '--json'])).code).toBe(0)
  expect((await cli.call(['apps', 'create', 'scoped', '--image', 'builtin/hello:v1'])).code).toBe(3)
  expect(await cli.call(['auth', 'status', '--json'])).toMatchObject({ code: 0, stdout: expect.stringContaining(owner.actor.email) })
  expect(JSON.parse((await cli.call(['auth', 'logout', '--json'])).stdout)).toEqual({ signed_out: true, revoked: true })
  expect((await cli.call(['apps', 'list'])).code).toBe(3)
  expect((await api.ask('GET', '/v1/apps', { token })).status).toBe(401)
}, 60_000)

test('refused in the console, the login ends with 3 and keeps nothing', async () => {
  expect(await deviceLogin(denyDevice)).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('refused') })
  expect(existsSync(credentials())).toBe(false)
}, 60_000)

test('Ctrl-C while waiting ends with 130', async () => {
  const stopped = await cli.call(['auth', 'login', '--url', api.url()], { interruptAt: 'Waiting' })
  expect([stopped.code, stopped.stdout]).toEqual([130, ''])
})

test('a token from stdin is checked before it is kept', async () => {
  const wrong = await cli.call(['auth', 'login', '--with-token', '--url', api.url()], { input: 'pat_shellwego_wrong\n' })
  expect([wrong.code, existsSync(credentials())]).toEqual([3, false])
  expect((await cli.call(['auth', 'login', '--with-token', '--url', api.url()])).code).toBe(2)
  expect(await signInWithToken()).toMatchObject({ code: 0, stderr: expect.stringContaining(owner.actor.email) })
  expect((await cli.call(['apps', 'list', '--json'])).stdout).toBe('[]\n')
})

test('a kept token goes to the address it was made for and to no other', async () => {
  await signInWithToken()
  const seen: (string | undefined)[] = []
  const thief = http.createServer((request, response) => {
    seen.push(request.headers.authorization)
    response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(thief.address() as AddressInfo).port}`
  expect((await cli.call(['apps', 'list', '--url', url])).code).toBe(3)
  expect((await cli.call(['apps', 'list'], { env: { SHELLWEGO_URL: url } })).code).toBe(3)
  await cli.call(['config', 'set', 'url', url])
  expect((await cli.call(['apps', 'list'])).code).toBe(3)
  thief.close()
  expect(seen).toEqual([])
})

test('a file of tokens that others can read is refused', async () => {
  await signInWithToken()
  chmodSync(credentials(), 0o644)
  expect(await cli.call(['apps', 'list'])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('chmod 600') })
})

test('several contexts stand beside each other', async () => {
  await signInWithToken()
  const config = JSON.parse(readFileSync(path.join(folder(), 'config.json'), 'utf8')) as { contexts: Record<string, unknown> }
  writeFileSync(path.join(folder(), 'config.json'), JSON.stringify({ ...config, contexts: { ...config.contexts, staging: { url: 'https://staging.example.com', output: 'json' } } }))
  expect((await cli.call(['config', 'contexts', '-o', 'plain'])).stdout).toBe(`default\tyes\t${api.url()}\t\nstaging\tno\thttps://staging.example.com\t\n`)
  expect((await cli.call(['apps', 'list', '--context', 'staging'])).code).toBe(3)
  expect((await cli.call(['config', 'use', 'staging'])).code).toBe(0)
  expect((await cli.call(['config', 'get', 'url'])).stdout).toBe('"https://staging.example.com"\n')
  expect((await cli.call(['config', 'remove', 'staging', '--yes'])).code).toBe(0)
  expect((await cli.call(['apps', 'list', '--json'])).code).toBe(0)
  expect((await cli.call(['apps', 'list', '--context', 'staging'])).code).toBe(2)
})

test('settings are kept, shown and forgotten; what makes no sense is refused', async () => {
  await signInWithToken()
  expect((await cli.call(['config', 'set', 'organization', owner.organization.slug])).code).toBe(0)
  expect((await cli.call(['config', 'get', 'organization'])).stdout).toBe(`${owner.organization.slug}\n`)
  expect((await cli.call(['apps', 'list', '--json'])).code).toBe(0)
  expect((await cli.call(['config', 'unset', 'organization'])).code).toBe(0)
  expect((await cli.call(['config', 'get', 'organization'])).code).toBe(4)
  expect((await cli.call(['config', 'set', 'url', 'http://console.example.com'])).code).toBe(2)
  expect((await cli.call(['config', 'set', 'output', 'xml'])).code).toBe(2)
  expect((await cli.call(['config', 'set', 'colour', 'red'])).code).toBe(2)
  writeFileSync(path.join(folder(), 'config.json'), '{half')
  expect(await cli.call(['config', 'list'])).toMatchObject({ code: 2, stderr: expect.stringContaining('not valid JSON') })
})
