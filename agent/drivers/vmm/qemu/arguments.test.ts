import { expect, test } from 'vitest'
import { dropPrivileges, machineArguments, networkArguments, type Machine } from './arguments.ts'
import { vmFolder } from './anchor.ts'

const machine: Machine = {
  name: 'shellwego-a-1', accelerator: 'tcg', vcpu: 0.5, memoryMib: 128, kernelArguments: 'quiet', network: null,
  files: { kernel: 3, initramfs: 4, disks: { root: 5, scratch: 6, config: 7, volumes: [{ fd: 8, keyFile: null, device: false }, { fd: 9, keyFile: '/dev/shm/k/key', device: true }] } },
}
const after = (argv: string[], option: string): string | undefined => argv[argv.indexOf(option) + 1]

test('user networking is closed towards the host', () => {
  const argv = networkArguments({ kind: 'user', mac: '02:00:00:00:00:01', forward: { listenAddress: '127.0.9.1', listenPort: 10080, guestPort: 3000 } })
  expect(after(argv, '-netdev')).toBe('user,id=net0,restrict=on,ipv6=off,hostfwd=tcp:127.0.9.1:10080-:3000')
})

test('the root disk is read-only and unlocked so that VMs share it; the scratch disk and volumes are locked', () => {
  const disks = machineArguments(machine).filter((argument) => argument.includes('node-name='))
  expect(disks[0]).toContain('node-name=root,file.driver=file,file.filename=/dev/fdset/1,read-only=on,file.locking=off')
  expect(disks[1]).toContain('node-name=scratch')
  expect(disks[1]).not.toContain('locking')
  expect(disks[3]).toBe('driver=raw,node-name=vol0,file.driver=file,file.filename=/dev/fdset/4,discard=unmap')
  expect(disks[4]).toBe('driver=luks,node-name=vol1,key-secret=key1,file.driver=host_device,file.node-name=vol1-file,file.filename=/dev/fdset/5')
})

test('every machine is sandboxed and has at least one processor', () => {
  const argv = machineArguments(machine)
  expect(after(argv, '-sandbox')).toBe('on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny')
  expect(after(argv, '-smp')).toBe('1')
  expect(after(argv, '-accel')).toBe('tcg,tb-size=32')
  expect(after(machineArguments({ ...machine, accelerator: 'kvm' }), '-cpu')).toBe('host')
})

test('a VM of its own uid loses groups and capabilities; KVM leaves it the group of the device', () => {
  expect(dropPrivileges(30_001, null)).toEqual(expect.arrayContaining(['--reuid', '30001', '--regid', '--clear-groups', '--bounding-set=-all']))
  expect(dropPrivileges(30_001, 104)).toEqual(expect.arrayContaining(['--groups', '104']))
  expect(dropPrivileges(null, null)).toEqual(['setpriv', '--no-new-privs'])
})

test('an id that could leave the folder of VMs is refused', () => {
  for (const id of ['', '.', '..', '../x', 'a/b', '.hidden', 'a'.repeat(101)]) expect(() => vmFolder('/vms', id)).toThrow(TypeError)
  expect(vmFolder('/vms', 'ins_01')).toBe('/vms/ins_01')
})
