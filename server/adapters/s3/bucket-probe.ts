/** Tries a bucket as nodes will use it, over the guarded way out. */
import { randomBytes } from 'node:crypto'
import { S3mini, S3ServiceError } from 's3mini'
import type { BucketProbe } from '../../domain/volumes/backups/ports.ts'
import { guardedFetch, OutgoingError, outgoingPolicy } from '../../core/guarded-fetch.ts'
import { parseAllowList } from '../../contract/address-rules.ts'

/** The operator's own choice may lie in any network. */
const ANYWHERE = '0.0.0.0/0,::/0'

const faultOf = (error: unknown, step: string): Error => {
  if (error instanceof OutgoingError) return new Error(`${step}: ${error.message}`)
  if (error instanceof S3ServiceError) return new Error(`${step}: the bucket answered ${error.status} (${error.serviceCode ?? 'no code'}). Check its name, region, keys and what they permit.`)
  return new Error(`${step}: ${(error as Error).message}`)
}

export const probeS3: BucketProbe = async ({ target, accessKeyId, secretAccessKey }) => {
  const policy = target.guard === null ? { ...outgoingPolicy(), allow: parseAllowList(ANYWHERE), plainHttp: true, ownHosts: [] } : outgoingPolicy()
  const fetch = (url: string | URL | Request, init: RequestInit = {}): Promise<Response> =>
    guardedFetch(url instanceof Request ? url.url : url, { method: init.method ?? 'GET', headers: Object.fromEntries(new Headers(init.headers ?? {}).entries()), body: init.body ?? undefined }, policy)
  const s3 = new S3mini({ accessKeyId, secretAccessKey, endpoint: `${target.endpoint}/${target.bucket}`, region: target.region, fetch })
  const name = `shellwego-test/${randomBytes(8).toString('hex')}`
  let step = 'Writing'
  try {
    await s3.putObject(name, name)
    step = 'Reading'
    if (await s3.getObject(name) !== name) throw new Error('something else came back')
    step = 'Listing'
    const found = await s3.listObjects('/', 'shellwego-test/')
    if (!found?.some(({ Key: key }) => key === name)) throw new Error('what was written is not listed')
    step = 'Removing'
    if (!(await s3.deleteObject(name))) throw new Error('it is still there')
  } catch (error) {
    throw faultOf(error, step)
  }
}
