/** Port: the writable disk of an instance, an ext4 image that becomes the upper layer over its read-only root. */

export interface DiskDriver {
  /** Creates the image when it is missing; returns its path. `uid` owns it, null means the agent's own user. */
  ensure(vmId: string, sizeMib: number, uid: number | null): Promise<string>
  exists(vmId: string): Promise<boolean>
  remove(vmId: string): Promise<void>
  freeMib(): Promise<number>
}

export class DiskError extends Error {
  readonly code: 'no_space' | 'vmm_failed'
  constructor(code: 'no_space' | 'vmm_failed', message: string) {
    super(message)
    this.code = code
  }
}
