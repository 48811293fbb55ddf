import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { testWhere } from '../../agent/testing/test-where.ts'
import type { Unit } from '../../agent/install/units.ts'
import { installService, removeService, type ServicePorts } from './service.ts'
import { serviceUnit, settingsText, UNIT_NAME, type Service } from './unit.ts'

const root = mkdtempSync(path.join(os.tmpdir(), 'service-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let installed: Unit[]
let said: string[]
let service: Service
const ports = (over: Partial<ServicePorts> = {}): ServicePorts => ({
  isRoot: true, runsByHand: () => false, environment: { SHELLWEGO_DOMAIN: 'cloud.example.com' }, say: (line) => void said.push(line),
  services: {
    present: () => true,
    install: (units) => Promise.resolve(void installed.push(...units)),
    remove: () => Promise.resolve(void (installed = [])),
  },
  ...over,
})

beforeEach(() => {
  installed = []
  said = []
  service = { checkout: '/opt/shellwego', node: '/usr/bin/node', home: '/root', settings: path.join(mkdtempSync(path.join(root, 'etc-')), 'shellwego.env') }
})

test('the unit starts the product after a boot and after a crash, and ends only its supervisor', () => {
  const text = serviceUnit(service).split('\n')
  expect(text).toEqual(expect.arrayContaining([
    'ExecStart=/usr/bin/node /opt/shellwego/scripts/up.mjs', 'Restart=on-failure', 'KillMode=process', 'OOMPolicy=continue', 'WantedBy=multi-user.target',
  ]))
  for (const bad of ['/opt/my cloud', 'relative', '/opt/$x', '/opt/a"b', '/opt/%n']) expect(() => serviceUnit({ ...service, checkout: bad }), bad).toThrow(bad)
})

const analyze = spawnSync('systemd-analyze', ['--version']).status === 0
testWhere(analyze, 'systemd-analyze is not installed')('systemd takes the unit', () => {
  const folder = path.join(root, 'verify')
  mkdirSync(folder)
  const file = path.join(folder, UNIT_NAME)
  writeFileSync(file, serviceUnit({ ...service, checkout: folder, node: process.execPath }))
  expect(execFileSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })).toBe('')
})

test('settings are those of the product, each on a line as systemd reads it', () => {
  const text = settingsText({
    HOME: '/root', SHELLWEGO_SETUP: 'a@example.com:secret', SHELLWEGO_MODE: 'production', SHELLWEGO_DOMAIN: '', PORT: '3001', LOG_LEVELS: 'x',
    DATABASE_URL: 'postgresql://o:p"a$s\\s`@db/x', STRIPE_SECRET_KEY: 'sk_live_1', AWS_PROFILE: undefined,
  })
  expect(text.split('\n')).toEqual([
    'DATABASE_URL="postgresql://o:p\\"a\\$s\\\\s\\`@db/x"', 'PORT="3001"', 'SHELLWEGO_MODE="production"', 'STRIPE_SECRET_KEY="sk_live_1"', '',
  ])
  expect(() => settingsText({ SHELLWEGO_X: 'a\nSHELLWEGO_MODE=sandbox' })).toThrow('SHELLWEGO_X')
})

test('installing writes the settings once, for root alone; they are the operator\'s from then on', async () => {
  await installService(service, ports())
  expect(installed.map(({ name }) => name)).toEqual([UNIT_NAME])
  expect(readFileSync(service.settings, 'utf8')).toBe('SHELLWEGO_DOMAIN="cloud.example.com"\n')
  expect(statSync(service.settings).mode & 0o777).toBe(0o600)
  writeFileSync(service.settings, 'SHELLWEGO_DOMAIN="other.example.com"\n')
  await installService(service, ports())
  expect(readFileSync(service.settings, 'utf8')).toContain('other')
  expect(said.join('\n')).toContain('settings as they are')
  await removeService(service.settings, ports())
  expect(installed).toEqual([])
  expect(readFileSync(service.settings, 'utf8')).toContain('other')
})

test('nothing is changed without root, without systemd, or beside a product that runs by hand', async () => {
  const without = { ...ports().services, present: () => false }
  for (const [over, says] of [[{ isRoot: false }, 'sudo'], [{ services: without }, 'no systemd'], [{ runsByHand: () => true }, 'npm run down']] as const) {
    await expect(installService(service, ports(over)), says).rejects.toThrow(says)
  }
  expect(() => statSync(service.settings)).toThrow()
})
