import { z } from 'zod'
import type { OrgContext } from '../../core/context.ts'
import { ruleViolated } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import { command } from '../../core/operation.ts'
import { Instant, toInstant } from '../../contract/time.ts'
import { haltApp } from '../apps/index.ts'
import { queueMail } from '../mail/index.ts'
import { lockOrganization } from '../quotas/index.ts'

/** Business time: what is kept for a while and then deleted follows the calendar of the business. */
const UNDO_MS = 72 * 3_600_000

export const deleteOrganization = command({
  name: 'organizations.delete', summary: 'Delete the organization in 72 hours: its apps stop now, and until then it can be undone', scope: 'org',
  permission: 'org:delete', sensitive: true,
  input: z.strictObject({ name: z.string().max(60).describe('The organization\'s name, typed again') }),
  output: z.object({ delete_after: Instant, stopped_apps: z.number().int() }),
  rest: { method: 'DELETE', path: '/organizations/{organization_id}', status: 202, tag: 'Organizations' },
  run: async (ctx, input) => {
    await lockOrganization(ctx.db, ctx.orgId)
    const org = await ctx.db.organization.findFirstOrThrow()
    if (org.name !== input.name.trim()) throw ruleViolated('/name', 'not_the_name', 'That is not the name of this organization.')
    const deleteAfter = new Date(ctx.now.getTime() + UNDO_MS)
    const stopped = await haltAll(ctx)
    await ctx.db.organization.update({ where: { id: ctx.orgId }, data: { deleteAfter } })
    await ctx.db.organizationDeletion.create({
      data: { id: newId('deletion'), orgId: ctx.orgId, requestedBy: ctx.userId, requestedAt: ctx.now, deleteAfter, stoppedAppIds: stopped },
    })
    await ctx.emit('organization.deletion_scheduled', { type: 'organization', id: ctx.orgId }, { delete_after: toInstant(deleteAfter), apps: stopped.length })
    await tellOwners(ctx, org, deleteAfter)
    return { delete_after: toInstant(deleteAfter), stopped_apps: stopped.length }
  },
})

const haltAll = async (ctx: OrgContext): Promise<string[]> => {
  const running = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM app WHERE org_id = ${ctx.orgId} AND desired = 'running' AND deleted_at IS NULL ORDER BY id FOR UPDATE`
  for (const { id } of running) await haltApp(ctx, id)
  return running.map((app) => app.id)
}

const tellOwners = async (ctx: OrgContext, org: { name: string; slug: string }, deleteAfter: Date): Promise<void> => {
  const owners = await ctx.db.membership.findMany({ where: { role: 'owner', suspendedAt: null }, include: { user: { select: { email: true } } } })
  const askedBy = ctx.actor.type === 'user' ? ctx.actor.name : 'A service account'
  for (const { userId, user } of owners) {
    await queueMail(ctx.db, {
      brandId: ctx.brand.id, to: user.email, template: 'organization-deletion', dedupeKey: `organization-deletion:${ctx.requestId}:${userId}`,
      props: {
        organization: org.name, asked_by: askedBy, delete_on: `${toInstant(deleteAfter).slice(0, 16).replace('T', ' ')} UTC`,
        url: `${ctx.brand.origin}/${org.slug}/settings`,
      },
    })
  }
}
