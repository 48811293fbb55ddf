import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jailerArguments, jailIdOf, type JailerOptions } from './jailer.ts'

const options: JailerOptions = { jailId: 'ins-1', execFile: '/opt/fc/firecracker', uid: 2_100_001, chrootBase: '/data/vms/.jails', vcpu: 2, limitMib: 576 }

test('the whole command line', () => {
  expect(jailerArguments(options)).toEqual([
    '--id', 'ins-1', '--exec-file', '/opt/fc/firecracker', '--uid', '2100001', '--gid', '2100001', '--cgroup-version', '2', '--parent-cgroup', 'shellwego.slice',
    '--cgroup', `memory.max=${576 * 2 ** 20}`, '--cgroup', 'cpu.max=200000 100000', '--chroot-base-dir', '/data/vms/.jails', '--resource-limit', 'no-file=2048',
    '--daemonize', '--new-pid-ns', '--', '--api-sock', '/run/fc.sock',
  ])
})

test('half a processor is one with half its time', () => {
  expect(jailerArguments({ ...options, vcpu: 0.5 })).toContain('cpu.max=50000 100000')
})

test('any id becomes one the jailer takes, and no two the same', () => {
  const ids = fc.string({ minLength: 1, maxLength: 100, unit: fc.constantFrom(...'abAB01_.-') })
  fc.assert(fc.property(ids, ids, (one, other) => {
    expect(jailIdOf(one)).toMatch(/^[A-Za-z0-9-]{1,64}$/)
    expect(jailIdOf(one) === jailIdOf(other)).toBe(one === other)
  }))
  expect(jailIdOf('vm-1a2b')).toBe('vm-1a2b')
  expect(jailIdOf('ins_01')).toMatch(/^ins-01-[0-9a-f]{12}$/)
})
