/** Pure: whom the fence process ends now. */
import type { FencedVm, LeaseFile } from './lease-file.ts'

/** Nothing of an earlier boot lives any more. */
export const dueVms = (lease: LeaseFile | null, now: { bootId: string; bootMs: number }): readonly FencedVm[] =>
  (lease === null || lease.bootId !== now.bootId || now.bootMs < lease.deadlineMs ? [] : lease.vms)
