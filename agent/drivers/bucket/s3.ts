/** Buckets that speak S3, over the guarded way out. */
import { S3mini, S3NetworkError, S3ServiceError } from 's3mini'
import { BucketError, type Bucket, type OpenBucket } from '../bucket.ts'
import { bucketFetch } from './guarded-fetch.ts'

const TRIES = 4
const PAUSE_MS = 100
const LIMIT_MS = 120_000
const REFUSED = new Set([301, 307, 400, 401, 403])
const AT_ONCE = 1_000

const statusOf = (error: unknown): number => (error instanceof S3ServiceError ? error.status : 0)

/** Whether the same request may do better in a moment. */
const passing = (error: unknown): boolean => !(error instanceof BucketError) && (statusOf(error) === 0 || statusOf(error) === 429 || statusOf(error) >= 500)

/** Public text: what a bucket answered, never where a name led to. */
export function bucketFault(error: unknown): BucketError {
  if (error instanceof BucketError) return error
  if (error instanceof S3ServiceError) {
    const code = error.serviceCode ?? 'no code'
    if (error.status === 404) return new BucketError('backup_refused', 'There is no such bucket at that address.', error)
    if (REFUSED.has(error.status)) return new BucketError('backup_refused', `The bucket refuses (${error.status} ${code}). Check its name, region, keys and what they permit.`, error)
    return new BucketError('backup_failed', `The bucket answered ${error.status} (${code}).`, error)
  }
  const inner = (error as { cause?: unknown }).cause
  if (error instanceof S3NetworkError && inner instanceof BucketError) return inner
  const code = (error as NodeJS.ErrnoException).code ?? (error as Error).message
  return new BucketError('backup_unreachable', `The bucket cannot be reached (${String(code).slice(0, 80)}).`, error)
}

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= TRIES || !passing(error)) throw bucketFault(error)
      await new Promise((resolve) => { setTimeout(resolve, PAUSE_MS * 2 ** attempt * (0.5 + Math.random() / 2)) })
    }
  }
}

export const openS3: OpenBucket = (target, keys): Bucket => {
  const base = target.endpoint.replace(/\/+$/, '')
  const fetch = bucketFetch(base, target.guard)
  const s3 = new S3mini({ ...keys, endpoint: `${base}/${target.bucket}`, region: target.region, requestAbortTimeout: LIMIT_MS, fetch })
  return {
    put: (name, body) => patiently(async () => { await s3.putObject(name, body, 'application/octet-stream') }),
    get: (name) => patiently(async () => {
      const found = await s3.getObjectArrayBuffer(name)
      return found === null ? null : Buffer.from(found)
    }),
    list: (prefix) => patiently(async () => {
      const found = await s3.listObjects('/', prefix)
      if (found === null) throw new BucketError('backup_refused', 'There is no such bucket at that address.')
      return found.map(({ Key: name }) => name)
    }),
    async remove(names) {
      for (let at = 0; at < names.length; at += AT_ONCE) {
        const some = names.slice(at, at + AT_ONCE)
        const gone = await patiently(() => s3.deleteObjects([...some]))
        if (gone.some((done) => !done)) throw new BucketError('backup_failed', 'The bucket did not delete all it was told to. Check what the keys permit.')
      }
    },
  }
}
