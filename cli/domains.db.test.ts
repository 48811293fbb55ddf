import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { makeCertificate } from '../agent/testing/certificates.ts'
import { createApp } from '../server/domain/apps/index.ts'
import { setPlainMail } from '../server/domain/billing/testing/books.ts'
import { setDnsRecord } from '../server/sandbox/index.ts'
import { makeOwner, metaFor } from '../server/testing/actors.ts'
import { call } from '../server/core/operation.ts'
import { tokenOf, withApi } from '../server/testing/api.ts'
import { withRuntime } from '../server/testing/runtime.ts'
import { withCli } from './testing/run-cli.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 24_840, PORT: 24_841 })
const api = withApi()
const cli = withCli()
let owner: Awaited<ReturnType<typeof makeOwner>>
let env: Record<string, string>
beforeAll(async () => {
  setPlainMail()
  owner = await makeOwner()
  for (const name of ['web', 'api']) await owner.call(createApp, { name, image: 'builtin/hello:v1' })
  env = { SHELLWEGO_URL: api.url(), SHELLWEGO_TOKEN: await tokenOf(owner.actor) }
}, 60_000)
const run = (...args: string[]) => cli.call(['domains', ...args], { env })

test('a domain goes from claim to proof, route and certificate', async () => {
  const added = await run('add', 'Shop.Example.com', '--app', 'web')
  expect([added.code, added.stderr]).toEqual([0, expect.stringContaining('shellwego domains verify shop.example.com')])
  const [, name = '', value = ''] = /(_shellwego-challenge\.\S+) TXT "([^"]+)"/.exec(added.stdout) ?? []
  const early = await run('verify', 'shop.example.com')
  expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('no such record')])
  await call(setDnsRecord, metaFor({ type: 'anonymous' }, owner.brand), { name, type: 'TXT', values: [value] })
  const proven = await run('verify', 'shop.example.com', '--json')
  expect([proven.code, JSON.parse(proven.stdout)]).toMatchObject([0, { status: 'active', check: { answer: [value], fault: null } }])
  expect((await run('route', 'shop.example.com', '--path', '/api=api', '--strip', '--json')).stdout).toContain('"path": "/api"')
  expect((await run('route', 'shop.example.com', '--path', '/api')).code).toBe(2)
  expect((await run('route', 'shop.example.com', '--redirect', 'https://shop.example.com')).code).not.toBe(0)
  expect((await run('get', 'shop.example.com')).stdout).toMatch(/\/api -> app_\w+ \(stripped\)/)
  const { chain, key } = makeCertificate(['shop.example.com'])
  const [certFile, keyFile] = [path.join(cli.home(), 'c.pem'), path.join(cli.home(), 'k.pem')]
  writeFileSync(certFile, chain)
  writeFileSync(keyFile, key)
  expect((await run('certificate', 'shop.example.com', '--certificate', certFile, '--key', keyFile)).stderr).toContain('Stored. It ends')
  expect((await run('list')).stdout).toMatch(/shop\.example\.com\s+web\s+active\s+active/)
  expect((await run('certificate', 'shop.example.com', '--remove')).code).toBe(0)
  expect((await run('delete', 'shop.example.com', '--yes')).code).toBe(0)
  expect((await run('get', 'shop.example.com')).code).toBe(4)
}, 60_000)
