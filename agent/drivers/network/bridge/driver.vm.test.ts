import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bridgeName } from '../names.ts'

const possible = ((): boolean => {
  try {
    execFileSync('nft', ['--version'])
    execFileSync('ip', ['netns', 'list'])
    return process.getuid?.() === 0
  } catch {
    return false
  }
})()
const prefix = `swg${process.pid}`
const dir = mkdtempSync(join(tmpdir(), 'network-'))
const spaces = ['host', 'out', 'a1', 'a2', 'a3', 'b1', 'b2']
let found: Record<string, unknown> = {}

beforeAll(() => {
  if (!possible) return
  execFileSync('ip', ['netns', 'add', `${prefix}host`])
  const script = join(import.meta.dirname, '../../../testing/network-scenario.ts')
  const out = execFileSync('ip', ['netns', 'exec', `${prefix}host`, process.execPath, script, prefix, join(dir, 'network.json')], { encoding: 'utf8' })
  found = JSON.parse(out) as Record<string, unknown>
})
afterAll(() => {
  for (const space of spaces) {
    try {
      execFileSync('ip', ['netns', 'del', prefix + space], { stdio: 'ignore' })
    } catch { /* it was never made */ }
  }
  rmSync(dir, { recursive: true, force: true })
})

test.skipIf(!possible)('instances of one organization reach each other, those of another stay out', () => {
  expect(found['sameOrganization']).toBe('10.64.1.2')
  expect(found['otherOrganization']).toBeNull()
})

test.skipIf(!possible)('of the host an instance reaches only DNS on its own gateway', () => {
  expect(found['gatewayDns']).toBe('10.64.1.2')
  expect(found['otherGatewayDns']).toBeNull()
  expect(found['gatewayOtherPort']).toBeNull()
  expect(found['hostUplinkAddress']).toBeNull()
})

test.skipIf(!possible)('the outside is reached under the host’s address, private networks and metadata are not', () => {
  expect(found['outside']).toBe('203.0.113.1')
  expect(found['outsidePrivate']).toBeNull()
  expect(found['metadata']).toBeNull()
  expect(found['fromOutside']).toBeNull()
})

test.skipIf(!possible)('the edge port of an instance leads to the port its app listens on', () => {
  expect(found['edgePort']).toBe('10.64.1.1')
})

test.skipIf(!possible)('a health probe goes the way of the edge: by another port both could be one connection behind the translation', () => {
  expect(found['probe']).toEqual([true, '10.64.1.1'])
})

test.skipIf(!possible)('a forged address or MAC goes nowhere', () => {
  expect(found['spoofedAddress']).toBeNull()
  expect(found['ownAddressStillWorks']).toBe('10.64.1.2')
  expect(found['spoofedMac']).toBeNull()
})

test.skipIf(!possible)('a TAP belongs to the uid of its VM', () => {
  const [link] = JSON.parse(String(found['realTap'])) as { linkinfo: { info_kind: string; info_data: { user: number | string } } }[]
  expect(link?.linkinfo.info_kind).toBe('tun')
  expect(String(link?.linkinfo.info_data.user)).toBe('2100009')
})

test.skipIf(!possible)('traffic is counted as the instance sees it', () => {
  const counters = found['counters'] as { rxBytes: number; txBytes: number }
  expect(counters.rxBytes).toBeGreaterThan(0)
  expect(counters.txBytes).toBeGreaterThan(0)
})

test.skipIf(!possible)('the next agent finds the same networks, and an empty one loses its bridge', () => {
  expect(found['afterAgentRestart']).toBe('203.0.113.1')
  expect(found['bridgesAfterDetach']).toContain(bridgeName('net_a'))
  expect(found['bridgesAfterDetach']).not.toContain(bridgeName('net_b'))
})

test.skipIf(!possible)('the gateway keeps its MAC whichever cables come and go', () => {
  const [before, after] = found['bridgeAddresses'] as [string, string]
  expect(after).toBe(before)
})

test.skipIf(!possible)('whoever waits for the answer of a machine that is gone hears of it', () => {
  expect(found['cutOff']).toBeLessThan(1_000)
})

test.skipIf(!possible)('shutdown leaves no interface, no rule, and the host’s forwarding as it was', () => {
  expect(found['linksAfterShutdown']).not.toMatch(/swg[bt]/)
  expect(String(found['rulesAfterShutdown']).trim()).toBe('')
  expect(found['forwardingAfter']).toBe(found['forwardingBefore'])
})
