/** QEMU's command line for one microVM. Files come as inherited descriptors, so QEMU's user needs no access to any folder but its own. */
import type { NetworkAttachment } from '../../vmm.ts'
import { volumeNode } from '../guest/config-drive.ts'

/** `keyFile`: of an encrypted volume. `device`: it is no file, but a block device. */
export interface VolumeFile { fd: number; keyFile: string | null; device: boolean }
export type Accelerator = 'kvm' | 'tcg'

interface DiskFiles { root: number; scratch: number; config: number; volumes: readonly VolumeFile[] }
export interface MachineFiles { kernel: number; initramfs: number; disks: DiskFiles | null }

export interface Machine {
  name: string
  accelerator: Accelerator
  vcpu: number
  memoryMib: number
  kernelArguments: string
  network: NetworkAttachment | null
  files: MachineFiles
  /** It waits for the memory of a snapshot instead of booting. */
  incoming?: boolean
}

const SANDBOX = 'on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny'
const CONSOLE_BYTES = 65_536
const FIRST_VOLUME_SET = 4

const descriptor = (fd: number, set: number): string[] => ['-add-fd', `fd=${fd},set=${set}`]

function disk(node: string, set: number, options: string, driver = 'file'): string[] {
  return [
    '-blockdev', `driver=raw,node-name=${node},file.driver=${driver},file.filename=/dev/fdset/${set},${options}`,
    '-device', `virtio-blk-device,drive=${node},serial=${node}`,
  ]
}

/** Named apart, so that a snapshot of an encrypted volume copies what is on the host's disk: it stays encrypted, and what is equal stays equal. */
export const volumeFileNode = (index: number): string => `${volumeNode(index)}-file`

function volumeArguments({ fd, keyFile, device }: VolumeFile, index: number): string[] {
  const driver = device ? 'host_device' : 'file'
  const set = FIRST_VOLUME_SET + index
  const node = volumeNode(index)
  if (keyFile === null) return [...descriptor(fd, set), ...disk(node, set, 'discard=unmap', driver)]
  return [
    ...descriptor(fd, set),
    '-object', `secret,id=key${index},file=${keyFile}`,
    '-blockdev', `driver=luks,node-name=${node},key-secret=key${index},file.driver=${driver},file.node-name=${volumeFileNode(index)},file.filename=/dev/fdset/${set}`,
    '-device', `virtio-blk-device,drive=${node},serial=${node}`,
  ]
}

function diskArguments(disks: MachineFiles['disks']): string[] {
  if (disks === null) return []
  return [
    ...descriptor(disks.root, 1), ...descriptor(disks.scratch, 2), ...descriptor(disks.config, 3),
    ...disk('root', 1, 'read-only=on,file.locking=off'),
    ...disk('scratch', 2, 'discard=unmap'),
    ...disk('config', 3, 'read-only=on,file.locking=off'),
    ...disks.volumes.flatMap((volume, index) => volumeArguments(volume, index)),
  ]
}

/** `restrict=on`: without it a guest reaches the host's loopback through 10.0.2.2. */
export function networkArguments(network: NetworkAttachment | null): string[] {
  if (network === null) return []
  const backend = network.kind === 'tap'
    ? `tap,id=net0,ifname=${network.ifname},script=no,downscript=no`
    : `user,id=net0,restrict=on,ipv6=off,hostfwd=tcp:${network.forward.listenAddress}:${network.forward.listenPort}-:${network.forward.guestPort}`
  return ['-netdev', backend, '-device', `virtio-net-device,netdev=net0,mac=${network.mac}`]
}

export function machineArguments(machine: Machine): string[] {
  const { files } = machine
  return [
    '-name', machine.name,
    '-M', 'microvm,acpi=on,pit=on,pic=on,rtc=on',
    ...(machine.accelerator === 'kvm' ? ['-accel', 'kvm', '-cpu', 'host'] : ['-accel', 'tcg,tb-size=32', '-cpu', 'max']),
    '-m', String(machine.memoryMib), '-smp', String(Math.max(1, Math.ceil(machine.vcpu))),
    '-nodefaults', '-no-user-config', '-display', 'none', '-sandbox', SANDBOX,
    // A guest that powered off stays as a paused process until its exit record was read, even if no agent was there to see it.
    '-action', 'reboot=shutdown,shutdown=pause',
    '-chardev', `ringbuf,id=console,size=${CONSOLE_BYTES}`, '-serial', 'chardev:console',
    '-kernel', `/proc/self/fd/${files.kernel}`, '-initrd', `/proc/self/fd/${files.initramfs}`, '-append', machine.kernelArguments,
    ...diskArguments(files.disks),
    ...networkArguments(machine.network),
    '-device', 'virtio-rng-device', '-device', 'virtio-balloon-device,free-page-reporting=on',
    '-device', 'virtio-serial-device', '-chardev', 'socket,id=guest,path=guest.sock,server=on,wait=off',
    '-device', 'virtserialport,chardev=guest,name=shellwego',
    '-qmp', 'unix:qmp.sock,server=on,wait=off',
    ...(machine.incoming === true ? ['-incoming', 'defer'] : []),
  ]
}

/** QEMU's own user, no group but (for KVM) the one of the device, no capability, no way to gain one. */
export function dropPrivileges(uid: number | null, group: number | null): string[] {
  if (uid === null) return ['setpriv', '--no-new-privs']
  const groups = group === null ? ['--clear-groups'] : ['--groups', String(group)]
  return ['setpriv', '--reuid', String(uid), '--regid', String(uid), ...groups, '--bounding-set=-all', '--inh-caps=-all', '--no-new-privs']
}
