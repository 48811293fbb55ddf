/** Where the built guest files lie; all that drivers need to know of the build. */
import { join } from 'node:path'

export interface GuestAssets {
  kernel: string
  initramfs: string
  init: string
  kernelArguments: string
  /** Prints the clock frequency of the machine it runs on. */
  clockHelper: string
  stamp: string
}

/** Measured: the kernel, its initramfs and a small process boot with this much; with 64 MiB the kernel panics. */
export const MEMORY_FLOOR_MIB = 96

export const guestAssets = (folder: string): GuestAssets => ({
  kernel: join(folder, 'vmlinux'),
  initramfs: join(folder, 'initramfs.cpio'),
  init: join(folder, 'init'),
  kernelArguments: join(folder, 'F.txt'),
  clockHelper: join(folder, 'tsc-khz'),
  stamp: join(folder, 'guest.json'),
})
