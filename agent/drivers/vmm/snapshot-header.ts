/** What is readable, and proven, at the head of a sealed snapshot: which start of which machine it is of. */
import { rm } from 'node:fs/promises'
import { z } from 'zod'
import { SnapshotError } from '../vmm.ts'
import { openSealed, SealError, type SealedFile } from './sealed-stream.ts'

export interface SnapshotMark { startId: string; machine: string }

const headerSchema = z.object({ format: z.literal(1), startId: z.string(), machine: z.string() })

export const headerOf = (mark: SnapshotMark): string => JSON.stringify({ format: 1, ...mark })

/** Opens the snapshot of exactly this start; whatever is wrong with it is a {@link SnapshotError}. */
export async function withSnapshot<T>(path: string, mark: SnapshotMark, use: (file: SealedFile) => Promise<T>): Promise<T> {
  const file = await openSealed(path).catch((error: unknown) => { throw new SnapshotError(`the snapshot cannot be read: ${String(error)}`) })
  try {
    const header = headerSchema.safeParse(JSON.parse(file.header)).data
    if (header?.startId !== mark.startId) throw new SnapshotError('the snapshot is of another start')
    if (header.machine !== mark.machine) throw new SnapshotError('the snapshot is of another machine or version')
    return await use(file)
  } catch (error) {
    throw error instanceof SealError || error instanceof SyntaxError ? new SnapshotError(error.message) : error
  } finally {
    await file.close()
  }
}

export async function dropSnapshot(path: string): Promise<void> {
  await rm(path, { force: true })
  await rm(`${path}.new`, { force: true })
}
