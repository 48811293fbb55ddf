import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { inspectNode } from './health-check.ts'

const look = async (env: Record<string, string>) => {
  const data = mkdtempSync(path.join(os.tmpdir(), 'shellwego-health-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  const checks = await inspectNode({ NODE_ENV: 'production', SHELLWEGO_DATA: data, ...env })
  return Object.fromEntries(checks.map(({ name, status, detail }) => [name, `${status}: ${detail}`]))
}

test('a node without tools and guest is told what is missing, and nothing is booted', async () => {
  const found = await look({ PATH: '/nowhere' })
  expect(found).toMatchObject({
    tools: expect.stringMatching(/^failed: missing: qemu-system-x86_64, /), guest: expect.stringMatching(/^failed: missing: .*vmlinux/),
    agent: expect.stringContaining('does not run'), microvm: 'failed: not tried: tools and guest first',
  })
  expect(Object.keys(found)).toEqual(['tools', 'disk', 'network', 'limits', 'agent', 'fence', 'guest', 'microvm'])
})

test('a data folder that is not there yet is measured where it will be', async () => {
  expect((await look({ SHELLWEGO_DATA: '/var/lib/shellwego-nowhere/deeper' })).disk).toMatch(/GiB free at \/var\/lib/)
})
