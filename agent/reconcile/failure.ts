/** Turns whatever a step threw into a closed code and a sentence for the person who deployed. */
import type { StatusCode } from '../../server/contract/node-api/v1.ts'
import { DiskError } from '../drivers/disk.ts'
import { ImageError } from '../drivers/image.ts'
import { NetworkError } from '../drivers/network.ts'
import { VmmError } from '../drivers/vmm.ts'

export interface Failure { code: StatusCode; retryable: boolean; reason: string }

export class StartError extends Error {
  readonly code: StatusCode
  readonly retryable: boolean
  constructor(code: StatusCode, message: string, retryable = false) {
    super(message)
    this.code = code
    this.retryable = retryable
  }
}

export function failureOf(error: unknown): Failure {
  if (error instanceof StartError || error instanceof ImageError) return { code: error.code, retryable: error.retryable, reason: clip(error.message) }
  if (error instanceof DiskError) return { code: error.code, retryable: true, reason: clip(error.message) }
  if (error instanceof VmmError) return { code: error.code, retryable: error.code !== 'memory_too_small', reason: clip(error.message) }
  if (error instanceof NetworkError) return { code: error.code, retryable: error.code === 'network_failed', reason: clip(error.message) }
  if ((error as NodeJS.ErrnoException | null)?.code === 'ENOSPC') return { code: 'no_space', retryable: true, reason: 'The node has no free disk space. The start is tried again when space is free.' }
  return { code: 'vmm_failed', retryable: true, reason: clip(`The instance could not be started: ${error instanceof Error ? error.message : String(error)}`) }
}

const clip = (text: string): string => (text.length > 1900 ? `${text.slice(0, 1900)}…` : text)
