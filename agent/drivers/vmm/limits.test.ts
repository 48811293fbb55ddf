import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CONTROLLERS, cpuQuotaUs, grantOf, limitFiles, treesOf } from './limits.ts'

const UNIFIED = 'cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid,nodev,noexec,relatime,nsdelegate 0 0\n'
const HYBRID = [
  'tmpfs /sys/fs/cgroup tmpfs rw,mode=755 0 0', 'cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,cpu,cpuacct 0 0', 'cgroup /sys/fs/cgroup/memory cgroup rw,memory 0 0',
  'cgroup /sys/fs/cgroup/pids cgroup rw,pids 0 0', 'cgroup /sys/fs/cgroup/systemd cgroup rw,xattr,name=systemd 0 0', 'cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0',
].join('\n')

test('one tree holds everything where version 2 has it', () => {
  expect(treesOf(UNIFIED, () => ['cpuset', 'cpu', 'io', 'memory', 'pids'])).toEqual([{ version: 2, root: '/sys/fs/cgroup', controllers: ['memory', 'cpu', 'pids'] }])
})

test('a tree per controller where version 1 has them; the unified one is there to kill by', () => {
  expect(treesOf(HYBRID, () => ['hugetlb'])).toEqual([
    { version: 1, root: '/sys/fs/cgroup/cpu,cpuacct', controllers: ['cpu'] }, { version: 1, root: '/sys/fs/cgroup/memory', controllers: ['memory'] },
    { version: 1, root: '/sys/fs/cgroup/pids', controllers: ['pids'] }, { version: 2, root: '/sys/fs/cgroup/unified', controllers: [] },
  ])
})

test('no control groups, no trees', () => {
  expect(treesOf('proc /proc proc rw 0 0\n', () => [])).toEqual([])
})

test('each version is told in its own words', () => {
  const grant = grantOf({ vcpu: 0.5, memoryMib: 256 }, 'kvm')
  expect(CONTROLLERS.flatMap((name) => limitFiles(name, 2, grant))).toEqual([
    { name: 'memory.max', value: String(448 * 2 ** 20) }, { name: 'cpu.max', value: '50000 100000' }, { name: 'pids.max', value: '256' },
  ])
  expect(CONTROLLERS.flatMap((name) => limitFiles(name, 1, grant))).toEqual([
    { name: 'memory.limit_in_bytes', value: String(448 * 2 ** 20) }, { name: 'cpu.cfs_period_us', value: '100000' }, { name: 'cpu.cfs_quota_us', value: '50000' },
    { name: 'pids.max', value: '256' },
  ])
})

test('no guest is granted less than it was promised, and its time grows with its processors', () => {
  fc.assert(fc.property(fc.integer({ min: 64, max: 65_536 }), fc.double({ min: 0.01, max: 64, noNaN: true }), fc.constantFrom('kvm', 'tcg'), (memoryMib, vcpu, accelerator) => {
    const grant = grantOf({ vcpu, memoryMib }, accelerator)
    expect(grant.memoryMib).toBeGreaterThan(memoryMib)
    expect(cpuQuotaUs(grant.cpus)).toBeGreaterThanOrEqual(Math.round(vcpu * 100_000))
    expect(cpuQuotaUs(vcpu + 1)).toBeGreaterThan(cpuQuotaUs(vcpu))
  }))
})
