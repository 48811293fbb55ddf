import type { Prisma } from '../../prisma/generated/client.ts'
import { runtime } from '../core/runtime.ts'
import type { ObjectStore, StoredObject } from './providers/object-store.ts'

const objectIn = (data: unknown): StoredObject => data as StoredObject

/** The sandbox providers' objects survive a restart of the portal, as a real provider's would. */
export const createPostgresStore = (): ObjectStore => {
  const { databases } = runtime()
  return {
    get: async (provider, kind, id) => {
      const row = await databases.asSystem('job', (db) => db.sandboxObject.findUnique({ where: { provider_kind_id: { provider, kind, id } } }))
      return row ? objectIn(row.data) : null
    },
    put: async (provider, kind, id, object) => {
      const data = object as Prisma.InputJsonObject
      await databases.asSystem('job', (db) => db.sandboxObject.upsert({
        where: { provider_kind_id: { provider, kind, id } }, create: { provider, kind, id, data }, update: { data },
      }))
    },
    list: async (provider, kind) => {
      const rows = await databases.asSystem('job', (db) => db.sandboxObject.findMany({ where: { provider, kind }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] }))
      return rows.map((row) => objectIn(row.data))
    },
  }
}
