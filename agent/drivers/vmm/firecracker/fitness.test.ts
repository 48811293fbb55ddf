import { expect, test, vi } from 'vitest'
import { chooseVmm, ChosenVmm } from '../choose.ts'
import { FakeHost, FakeVmmDriver } from '../fake.ts'
import { recorder } from '../vmm.contract.ts'
import type { VmSpec } from '../../vmm.ts'
import { fitnessOf, versionOf, type Host } from './fitness.ts'

const host = (change: Partial<Host> = {}): Host => ({
  isRoot: true, hasBridges: true, missing: [], version: '1.16.1', kvm: 'usable', controllers: ['cpu', 'memory', 'pids'], boots: () => Promise.resolve(null), ...change,
})

test('a host that has everything is fit only when a VM answered', async () => {
  expect(await fitnessOf(host())).toEqual({ fit: true, version: '1.16.1' })
  expect(await fitnessOf(host({ boots: () => Promise.resolve('its init did not answer') }))).toEqual({ fit: false, because: 'a probe VM did not come up: its init did not answer' })
})

test.each<[Partial<Host>, string]>([
  [{ missing: ['/usr/local/bin/jailer'] }, 'missing: /usr/local/bin/jailer'],
  [{ version: '1.16.0' }, 'version 1.16.0 is older than 1.16.1'],
  [{ version: '1.9.12' }, 'version 1.9.12 is older than 1.16.1'],
  [{ version: '0.25.2' }, 'version 0.25.2 is older than 1.16.1'],
  [{ version: null }, 'its version is unknown'],
  [{ kvm: 'closed' }, '/dev/kvm cannot be opened'],
  [{ kvm: 'paravirtual' }, 'this KVM (kvm_pvm) runs only kernels built for it'],
  [{ isRoot: false }, 'the agent is not root'],
  [{ hasBridges: false }, 'it has no user networking'],
  [{ controllers: null }, 'control groups of version 2 are not mounted'],
  [{ controllers: ['hugetlb'] }, 'control groups of version 2 lack cpu and memory'],
  [{ isRoot: false, kvm: 'closed' }, '/dev/kvm cannot be opened; the agent is not root'],
])('with %j it is not, and no VM is tried: %s', async (change, because) => {
  const boots = vi.fn(() => Promise.resolve(null))
  expect(await fitnessOf(host({ ...change, boots }))).toEqual({ fit: false, because })
  expect(boots).not.toHaveBeenCalled()
})

test.each(['1.16.1', '1.16.2', '1.17.0', '2.0.0'])('version %s is new enough', async (version) => {
  expect(await fitnessOf(host({ version }))).toMatchObject({ fit: true })
})

test('the version is read from what the binary prints', () => {
  expect(versionOf('Firecracker v1.16.1\n\nSupported snapshot data format versions: v9.0.0\n')).toBe('1.16.1')
  expect(versionOf('command not found')).toBeNull()
})

test('Firecracker where it can run, else QEMU with the reason; the operator has the last word', () => {
  const fit = { fit: true, version: '1.16.1' } as const
  const unfit = { fit: false, because: '/dev/kvm cannot be opened' } as const
  expect(chooseVmm('auto', fit)).toEqual({ driver: 'firecracker', why: 'Firecracker 1.16.1 booted a probe VM that answered over vsock' })
  expect(chooseVmm('auto', unfit)).toEqual({ driver: 'qemu', why: 'not Firecracker: /dev/kvm cannot be opened' })
  expect(chooseVmm('qemu', null)).toEqual({ driver: 'qemu', why: 'set by SHELLWEGO_VMM' })
  expect(() => chooseVmm('firecracker', unfit)).toThrow('SHELLWEGO_VMM is firecracker, which cannot run here: /dev/kvm cannot be opened')
})

test('VMs of the one driver go on when the other is chosen', async () => {
  const [qemuHost, firecrackerHost] = [new FakeHost(), new FakeHost()]
  const drivers = { qemu: new FakeVmmDriver(qemuHost), firecracker: new FakeVmmDriver(firecrackerHost) }
  const spec = { id: 'a', startId: 'a-1', memoryMib: 128, process: { argv: ['x'], env: {}, workdir: '/', user: '', stopSignal: 'SIGTERM' } } as unknown as VmSpec
  const before = new ChosenVmm(drivers, () => Promise.resolve({ driver: 'qemu', why: '' }))
  const { identity } = await before.start(spec, {}, recorder(1000))
  const after = new ChosenVmm(drivers, () => Promise.resolve({ driver: 'firecracker', why: 'better now' }))
  const { identity: second } = await after.start({ ...spec, id: 'b' }, {}, recorder(1000))
  expect([qemuHost.starts, firecrackerHost.starts]).toEqual([['a'], ['b']])
  expect(await after.list()).toEqual(expect.arrayContaining([identity, second]))
  expect(await after.attach(identity, recorder(1000))).toMatchObject({ identity })
  await expect(after.cleanup('a')).rejects.toMatchObject({ code: 'vmm_failed' })
  expect(await after.choice()).toEqual({ driver: 'firecracker', why: 'better now' })
})
