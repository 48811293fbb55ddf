/** Port: a place outside the node that keeps objects by name. */
import type { BucketTarget } from '../../server/contract/node-api/backup.ts'

export interface BucketKeys { accessKeyId: string; secretAccessKey: string }

export interface Bucket {
  put(name: string, body: Uint8Array): Promise<void>
  /** Null where there is none. */
  get(name: string): Promise<Buffer | null>
  /** All names that begin so. */
  list(prefix: string): Promise<string[]>
  remove(names: readonly string[]): Promise<void>
}

export type OpenBucket = (target: BucketTarget, keys: BucketKeys) => Bucket

export type BucketErrorCode = 'backup_unreachable' | 'backup_refused' | 'backup_failed'

export class BucketError extends Error {
  readonly code: BucketErrorCode
  constructor(code: BucketErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}
