import { z } from 'zod'
import type { SystemDb } from '../../core/db.ts'
import { notFound } from '../../core/error.ts'
import { etagOf } from '../../core/etag.ts'
import { command, query } from '../../core/operation.ts'
import { Etag } from '../../contract/etag.ts'
import { lockOrganization } from '../quotas/index.ts'

const OrganizationId = { organization_id: z.string().max(60) }
const Trust = z.object({ id: z.string(), trusted: z.boolean(), etag: Etag })
const route = { path: '/admin/organizations/{organization_id}/trust', tag: 'Staff' }

const trustOf = (id: string, trusted: boolean): z.infer<typeof Trust> => ({ id, trusted, etag: trusted ? 'trusted' : 'untrusted' })

const readTrust = async (db: SystemDb, id: string): Promise<z.infer<typeof Trust>> => {
  const row = await db.organization.findUnique({ where: { id, deletedAt: null }, select: { trusted: true } })
  if (!row) throw notFound('organization')
  return trustOf(id, row.trusted)
}

export const getTrust = query({
  name: 'admin.get_trust', summary: 'Whether an organization\'s code may run on nodes that only emulate the machine', scope: 'staff',
  input: z.strictObject(OrganizationId), output: Trust, rest: { method: 'GET', ...route }, etag: etagOf,
  run: (ctx, input) => readTrust(ctx.db, input.organization_id),
})

export const trustOrganization = command({
  name: 'admin.trust_organization', summary: 'Say whether an organization\'s code may run on nodes that only emulate the machine', scope: 'staff',
  input: z.strictObject({ ...OrganizationId, trusted: z.boolean() }), output: Trust,
  rest: { method: 'PUT', ...route }, ifMatch: true, etag: etagOf,
  run: async (ctx, { organization_id: id, trusted }) => {
    await lockOrganization(ctx.db, id)
    ctx.expectVersion((await readTrust(ctx.db, id)).etag)
    await ctx.db.organization.update({ where: { id }, data: { trusted } })
    await ctx.emit('organization.trust_changed', { type: 'organization', id }, { trusted }, id)
    return trustOf(id, trusted)
  },
})
