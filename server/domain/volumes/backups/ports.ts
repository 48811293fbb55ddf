import type { OpenTarget } from './bucket.ts'

/** Port: writes, reads, lists and removes one small object. Throws with what to tell people. */
export type BucketProbe = (target: OpenTarget) => Promise<void>

let probe: BucketProbe = () => Promise.reject(new Error('no way to buckets is set up'))
export const setBucketProbe = (chosen: BucketProbe): void => { probe = chosen }
export const probeBucket = (target: OpenTarget): Promise<void> => probe(target)
