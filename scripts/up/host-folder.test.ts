import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { HostFiles } from '../../agent/drivers/route/caddy/host-files.ts'
import { dropHostFolder, makeHostFolder } from './host-folder.ts'

let storage: string
let hosts: string
beforeEach(() => {
  storage = mkdtempSync(path.join(tmpdir(), 'storage-'))
  hosts = path.join(storage, 'hosts')
})
afterEach(() => {
  dropHostFolder(storage)
  rmSync(storage, { recursive: true, force: true })
})

test.skipIf(!existsSync('/dev/shm'))('the hosts lie in memory, each start has a new folder, and none is left behind', () => {
  makeHostFolder(storage)
  const first = readlinkSync(hosts)
  new HostFiles(storage).write({ upstreams: new Map([['a.test', ['10.0.0.1']]]), certificates: ['a.test'] })
  expect(readdirSync(path.join(first, 'one/a.test'))).toEqual(['10.0.0.1'])
  makeHostFolder(storage)
  expect([existsSync(first), readdirSync(hosts)]).toEqual([false, []])
  const second = readlinkSync(hosts)
  expect(lstatSync(second).mode & 0o777).toBe(0o700)
  dropHostFolder(storage)
  expect([existsSync(second), existsSync(hosts)]).toEqual([false, false])
})

test('a folder of an earlier version goes, and nothing that a link of another leads to', () => {
  mkdirSync(path.join(hosts, 'one'), { recursive: true })
  dropHostFolder(storage)
  expect(existsSync(hosts)).toBe(false)
  const other = path.join(storage, 'other')
  mkdirSync(other)
  writeFileSync(path.join(other, 'kept'), '')
  symlinkSync(other, hosts)
  dropHostFolder(storage)
  expect([existsSync(hosts), readdirSync(other)]).toEqual([false, ['kept']])
})
