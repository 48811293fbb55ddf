import { mkdtempSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '../host/ports.ts'
import { readConfig, type Config } from './config.ts'
import { choosePorts } from './ports.ts'

const config = (environment: Record<string, string> = {}): Config =>
  readConfig({ NODE_ENV: 'test', SHELLWEGO_DATA: mkdtempSync(path.join(os.tmpdir(), 'ports-')), ...environment })

async function occupy(port: number): Promise<void> {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
}

test('all ports differ, and stay the same at the next start', async () => {
  const same = config()
  const ports = await choosePorts(same)
  expect(new Set(Object.values(ports)).size).toBe(Object.keys(ports).length)
  expect(await choosePorts(same)).toEqual(ports)
})

test('a remembered port that someone else took is replaced', async () => {
  const same = config()
  const ports = await choosePorts(same)
  await occupy(ports.postgres)
  const next = await choosePorts(same)
  expect(next.postgres).not.toBe(ports.postgres)
  expect({ ...next, postgres: 0 }).toEqual({ ...ports, postgres: 0 })
})

test('a port that was asked for is taken or refused, never replaced', async () => {
  const port = await freePort(22_700)
  expect((await choosePorts(config({ PORT: String(port) }))).portal).toBe(port)
  await occupy(port)
  await expect(choosePorts(config({ PORT: String(port) }))).rejects.toThrow(`PORT: port ${port} is in use`)
  await expect(choosePorts(config({ PORT: '70000' }))).rejects.toThrow('PORT is not a port: 70000')
})
