/** A bucket in memory. It outlives whoever opened it, so that a test can restart the agent on it. */
import type { Bucket, BucketError, OpenBucket } from '../bucket.ts'

export class MemoryBucket {
  readonly objects = new Map<string, Buffer>()
  readonly requests: string[] = []
  /** Thrown by the request it returns an error for. */
  fault: (request: string, name: string) => BucketError | null = () => null

  readonly open: OpenBucket = (): Bucket => {
    const enter = async (request: string, name: string): Promise<void> => {
      await new Promise((resolve) => { setImmediate(resolve) })
      this.requests.push(request)
      const error = this.fault(request, name)
      if (error) throw error
    }
    return {
      put: async (name, body) => {
        await enter('put', name)
        this.objects.set(name, Buffer.from(body))
      },
      get: async (name) => {
        await enter('get', name)
        return this.objects.get(name) ?? null
      },
      list: async (prefix) => {
        await enter('list', prefix)
        return [...this.objects.keys()].filter((name) => name.startsWith(prefix))
      },
      remove: async (names) => {
        for (const name of names) {
          await enter('remove', name)
          this.objects.delete(name)
        }
      },
    }
  }
}
