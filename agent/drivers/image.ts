/** Port: turns an OCI reference into a read-only ext4 root file system, one per digest, shared by all instances. */

export interface ImageConfig {
  entrypoint: string[]
  cmd: string[]
  env: Record<string, string>
  workdir: string
  user: string
  exposedPorts: number[]
  stopSignal: string
}

export interface LocalImage {
  digest: string
  rootfs: string
  sizeBytes: number
  config: ImageConfig
}

export interface PullOptions {
  signal: AbortSignal
  /** Compressed layers above this are refused before any download. */
  maxBytes: number
  onProgress?: (message: string) => void
}

export interface ImageDriver {
  /** `reference` is `host/name:tag`, `name:tag`, `…@sha256:…` or `builtin/<name>:<tag>`. Concurrent calls for one digest share the work. */
  ensure(reference: string, options: PullOptions): Promise<LocalImage>
  list(): Promise<{ digest: string; sizeBytes: number; lastUsedMs: number }[]>
  /** Deletes unused images, oldest first, until the store is below `keepBytes`; `inUse` and the floor are never touched. */
  collect(inUse: Set<string>, keepBytes: number): Promise<string[]>
}

export type ImageErrorCode =
  | 'image_not_found' | 'image_auth' | 'registry_unavailable' | 'digest_mismatch' | 'image_too_large' | 'image_invalid' | 'no_space'

export class ImageError extends Error {
  readonly code: ImageErrorCode
  /** False for faults only a new reference can cure. */
  readonly retryable: boolean
  constructor(code: ImageErrorCode, message: string, retryable = code === 'registry_unavailable' || code === 'no_space') {
    super(message)
    this.code = code
    this.retryable = retryable
  }
}
