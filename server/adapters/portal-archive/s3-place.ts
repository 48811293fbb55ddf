/** Archives in a bucket that speaks S3: in parts, each tried a few times; a broken-off upload is taken back and never shows up. */
import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import { S3mini, S3ServiceError } from 's3mini'
import { ArchiveError, type ArchivePlace, type PlaceAddress } from '../../domain/portal-backups/ports.ts'

/** Least that S3 takes but for the last one; 10,000 of them make 80 GB. */
const PART_BYTES = 8 * 2 ** 20
const TRIES = 5
const PAUSE_MS = 200
const LIMIT_MS = 120_000
const TYPE = 'application/octet-stream'
const REFUSED = new Set([301, 307, 400, 401, 403])

type S3Address = Extract<PlaceAddress, { kind: 's3' }>

const statusOf = (error: unknown): number => (error instanceof S3ServiceError ? error.status : 0)
const passing = (error: unknown): boolean => !(error instanceof ArchiveError) && (statusOf(error) === 0 || statusOf(error) === 429 || statusOf(error) >= 500)

const fault = (error: unknown): ArchiveError => {
  if (error instanceof ArchiveError) return error
  const status = statusOf(error)
  const code = error instanceof S3ServiceError ? error.serviceCode ?? 'no code' : ''
  if (status === 404) return new ArchiveError('missing', 'There is no such backup or bucket at that address.', error)
  if (REFUSED.has(status)) return new ArchiveError('place_refused', `The bucket refuses (${status} ${code}). Check its name, region, keys and what they permit.`, error)
  if (status > 0) return new ArchiveError('place_failed', `The bucket answered ${status} (${code}), also when asked again.`, error)
  const reason = (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : String(error))
  return new ArchiveError('place_unreachable', `The bucket cannot be reached (${String(reason).slice(0, 80)}).`, error)
}

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= TRIES || !passing(error)) throw fault(error)
      await new Promise((resolve) => { setTimeout(resolve, PAUSE_MS * 2 ** attempt * (0.5 + Math.random() / 2)) })
    }
  }
}

async function* partsOf(archive: Readable): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let size = 0
  for await (const chunk of archive as AsyncIterable<Buffer>) {
    held.push(chunk)
    size += chunk.length
    if (size < PART_BYTES) continue
    const whole = Buffer.concat(held)
    for (let at = 0; at + PART_BYTES <= whole.length; at += PART_BYTES) yield whole.subarray(at, at + PART_BYTES)
    held = [whole.subarray(whole.length - whole.length % PART_BYTES)]
    size = held[0]?.length ?? 0
  }
  if (size > 0) yield Buffer.concat(held)
}

async function upload(s3: S3mini, key: string, archive: Readable): Promise<number> {
  const id = await patiently(() => s3.getMultipartUploadId(key, TYPE))
  try {
    const parts: Awaited<ReturnType<S3mini['uploadPart']>>[] = []
    let bytes = 0
    for await (const part of partsOf(archive)) {
      const number = parts.length + 1
      parts.push(await patiently(() => s3.uploadPart(key, id, part, number)))
      bytes += part.length
    }
    await complete(s3, key, id, parts, bytes)
    return bytes
  } catch (error) {
    await patiently(() => s3.abortMultipartUpload(key, id)).catch(() => undefined)
    throw error
  }
}

/** Its answer may be lost, and asked again it knows the upload no more: then the object itself says whether it is there. */
async function complete(s3: S3mini, key: string, id: string, parts: Parameters<S3mini['completeMultipartUpload']>[2], bytes: number): Promise<void> {
  try {
    await patiently(() => s3.completeMultipartUpload(key, id, parts))
  } catch (error) {
    const found = await patiently(() => s3.listObjects('/', key)).catch(() => null)
    if (!found?.some((object) => object.Key === key && Number(object.Size) === bytes)) throw error
  }
}

/** What killed processes began and nobody finished; one at a time writes here. */
async function clearUploads(s3: S3mini, prefix: string): Promise<void> {
  const left = await s3.listMultipartUploads('/', prefix).catch(() => null)
  const uploads = left && 'listMultipartUploadsResult' in left ? (left.listMultipartUploadsResult as { upload?: unknown }).upload : undefined
  for (const one of [uploads ?? []].flat() as { key?: string; uploadId?: string }[]) {
    if (one.key && one.uploadId) await s3.abortMultipartUpload(one.key, one.uploadId).catch(() => undefined)
  }
}

export const s3Place = ({ endpoint, region, bucket, prefix, accessKeyId, secretAccessKey }: S3Address): ArchivePlace => {
  const s3 = new S3mini({ accessKeyId, secretAccessKey, region, endpoint: `${endpoint.replace(/\/+$/, '')}/${bucket}`, requestAbortTimeout: LIMIT_MS })
  const keyOf = (name: string): string => `${prefix}${name}`
  return {
    async put(name, archive) {
      try {
        await clearUploads(s3, prefix)
        return await upload(s3, keyOf(name), archive)
      } catch (error) {
        archive.destroy()
        throw error
      }
    },
    async get(name) {
      const response = await patiently(() => s3.getObjectResponse(keyOf(name)))
      if (!response?.body) throw new ArchiveError('missing', 'There is no such backup in the bucket.')
      return Readable.fromWeb(response.body as unknown as WebStream)
    },
    list: () => patiently(async () => {
      const found = await s3.listObjects('/', prefix)
      if (found === null) throw new ArchiveError('place_refused', 'There is no such bucket at that address.')
      return found.map(({ Key: key, Size: size }) => ({ name: key.slice(prefix.length), bytes: Number(size) }))
    }),
    async remove(name) {
      await patiently(() => s3.deleteObject(keyOf(name)))
    },
  }
}
