import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SPEC_FILE } from '../../../testing/firecracker/harness.ts'
import { openJudge } from '../../../testing/firecracker/schema.ts'
import type { ApiCall } from './api-types.ts'
import { bootArguments, bootCalls, DEFAULT_LIMITS, loadCalls, resumeCall, type MachineSpec } from './machine.ts'

const network = { kind: 'tap', ifname: 'tap-a', mac: '02:00:00:00:00:01', address: '10.1.0.2/24', gateway: '10.1.0.1', dns: '10.1.0.1' } as const
const machine: MachineSpec = {
  id: 'ins_1', hostname: 'web', vcpu: 2, memoryMib: 512, kernelArguments: 'console=ttyS0 quiet panic=1 reboot=t tsc_early_khz=1\n', volumes: [{ readOnly: false }, { readOnly: true }],
  network, limits: DEFAULT_LIMITS,
}
const bodyOf = <P extends ApiCall['path']>(calls: readonly ApiCall[], path: P) => calls.find((call) => call.path === path)?.body as Record<string, unknown>

test('calls come in the order Firecracker wants: where to log first, the start last', () => {
  expect(bootCalls(machine).map(({ method, path }) => `${method} ${path}`)).toEqual([
    'PUT /logger', 'PUT /machine-config', 'PUT /boot-source', 'PUT /drives/root', 'PUT /drives/scratch', 'PUT /drives/config', 'PUT /drives/vol0', 'PUT /drives/vol1',
    'PUT /network-interfaces/eth0', 'PUT /mmds/config', 'PUT /mmds', 'PUT /vsock', 'PUT /entropy', 'PUT /balloon', 'PUT /serial', 'PUT /actions',
  ])
})

test('a flush reaches the disk, the root alone is the root, and every device has its limit', () => {
  const calls = bootCalls(machine)
  const drives = calls.filter(({ path, method }) => path.startsWith('/drives/') && method === 'PUT').map(({ body }) => body as Record<string, unknown>)
  expect(drives.every((drive) => drive['cache_type'] === 'Writeback' && drive['io_engine'] === 'Sync' && drive['rate_limiter'] === DEFAULT_LIMITS.disk)).toBe(true)
  expect(drives.map((drive) => [drive['drive_id'], drive['is_root_device'], drive['is_read_only']])).toEqual([
    ['root', true, true], ['scratch', false, false], ['config', false, true], ['vol0', false, false], ['vol1', false, true],
  ])
  expect(bodyOf(calls, '/network-interfaces/eth0')).toMatchObject({ host_dev_name: 'tap-a', rx_rate_limiter: DEFAULT_LIMITS.network, tx_rate_limiter: DEFAULT_LIMITS.network })
  expect(bodyOf(calls, '/mmds/config')).toMatchObject({ version: 'V2' })
})

test('the guest learns its disks by their order, dials by vsock and ends by a reset', () => {
  expect(bootArguments(machine)).toBe(
    'console=ttyS0 quiet tsc_early_khz=1 reboot=k panic=-1 i8042.noaux i8042.nomux i8042.nopnp i8042.dumbkbd shellwego_end=reset shellwego_channel=vsock shellwego_disks=root,scratch,config,vol0,vol1',
  )
  expect(bootArguments({ ...machine, volumes: null })).not.toContain('shellwego_disks')
})

test('what Firecracker cannot do is refused before a process is started', () => {
  const user = { kind: 'user', mac: network.mac, forward: { listenAddress: '127.0.0.1', listenPort: 1, guestPort: 2 } } as const
  expect(() => bootCalls({ ...machine, network: user })).toThrow('no user networking')
  expect(() => bootCalls({ ...machine, volumes: Array.from({ length: 11 }, () => ({ readOnly: false })) })).toThrow('room for 17 devices, not 18')
})

const noSpec = existsSync(SPEC_FILE) ? null : 'shared/specs/firecracker is not beside the checkout'

describe.skipIf(noSpec !== null)(`against Firecracker's own description${noSpec === null ? '' : ` (skipped: ${noSpec})`}`, () => {
  const judge = noSpec === null ? openJudge(SPEC_FILE) : () => null
  const faultOf = ({ method, path, body }: { method: string; path: string; body: unknown }): string | null => {
    const operation = judge(method, path)
    return operation === null ? `no such call: ${method} ${path}` : operation.fault(body)
  }

  test('every call for every machine is a call it describes', () => {
    fc.assert(fc.property(
      fc.record({
        vcpu: fc.double({ min: 0.1, max: 32, noNaN: true }), memoryMib: fc.integer({ min: 96, max: 1 << 20 }),
        volumes: fc.option(fc.array(fc.record({ readOnly: fc.boolean() }), { maxLength: 8 })), tap: fc.boolean(),
      }),
      ({ tap, ...size }) => {
        const one = { ...machine, ...size, network: tap ? network : null }
        const calls = [...bootCalls(one), ...loadCalls(one), resumeCall]
        expect(calls.map(faultOf).filter((fault) => fault !== null)).toEqual([])
      },
    ))
  })

  test.each<[string, ApiCall['path'], Record<string, unknown>]>([
    ['an unknown field', '/vsock', { vsock_cid: 3 }],
    ['a reserved address', '/vsock', { guest_cid: 2 }],
    ['a cache it does not know', '/drives/root', { cache_type: 'writeback' }],
    ['too many processors', '/machine-config', { vcpu_count: 33 }],
    ['a limiter without its interval', '/drives/root', { rate_limiter: { bandwidth: { size: 1 } } }],
    ['an address that is not link-local', '/mmds/config', { ipv4_address: '10.0.0.1' }],
    ['a metadata service of no version', '/mmds/config', { version: 'V3' }],
    ['an action it does not know', '/actions', { action_type: 'Start' }],
    ['a text for a number', '/balloon', { amount_mib: '0' }],
  ])('%s is refused, so that a slip of the driver would be', (_, path, change) => {
    const call = bootCalls(machine).find((one) => one.path === path)
    expect(call && faultOf({ ...call, body: { ...call.body, ...change } })).toEqual(expect.any(String))
  })
})
