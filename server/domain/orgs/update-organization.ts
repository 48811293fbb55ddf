import type { OrgContext } from '../../core/context.ts'
import { DomainError, ruleViolated } from '../../core/error.ts'
import { etagOf } from '../../core/etag.ts'
import { command } from '../../core/operation.ts'
import { Organization, UpdateOrganization, UpdateOrganizationSettings } from '../../contract/organization.ts'
import { lockOrganization } from '../quotas/index.ts'
import { knownRegions } from './regions.ts'
import { toOrganization } from './wire.ts'

export const updateOrganization = command({
  name: 'organizations.update', summary: 'Change name, billing contact, time zone or country', scope: 'org', permission: 'org:write',
  input: UpdateOrganization, output: Organization,
  rest: { method: 'PATCH', path: '/organizations/{organization_id}', tag: 'Organizations' }, ifMatch: true, etag: etagOf,
  run: async (ctx, input) => {
    await lockOrganization(ctx.db, ctx.orgId)
    const before = await ctx.db.organization.findFirstOrThrow()
    ctx.expectVersion(toOrganization(before, ctx.standing).etag)
    const moved = input.timezone !== undefined && input.timezone !== before.timezone
    if (moved) await checkTimezoneOpen(ctx)
    const org = await ctx.db.organization.update({
      where: { id: ctx.orgId }, data: {
        name: input.name ?? before.name, billingEmail: input.billing_email ?? before.billingEmail,
        billingAddress: input.billing_address ?? before.billingAddress,
        timezone: input.timezone ?? before.timezone, country: input.country ?? before.country,
      },
    })
    await ctx.emit('organization.updated', { type: 'organization', id: ctx.orgId }, { fields: Object.keys(input).sort().join(',') })
    if (moved) await ctx.emit('organization.timezone_changed', { type: 'organization', id: ctx.orgId }, { from: before.timezone, to: org.timezone })
    return toOrganization(org, ctx.standing)
  },
})

/** It cuts the billing periods: once one was closed, another zone would bill hours twice or never. */
const checkTimezoneOpen = async (ctx: OrgContext): Promise<void> => {
  const billed = await ctx.db.subscription.findFirst({ select: { startedAt: true, periodStart: true } })
  if (!billed || billed.periodStart <= billed.startedAt) return
  throw ruleViolated('/timezone', 'period_closed', 'The time zone decides where billing periods end; it stays once the first one was closed. Ask support.')
}

export const updateOrganizationSettings = command({
  name: 'organizations.update_settings', summary: 'Change allowed regions, the duty to have a second factor, and how long the audit log is kept', scope: 'org',
  permission: 'org:write', sensitive: true,
  input: UpdateOrganizationSettings, output: Organization,
  rest: { method: 'PATCH', path: '/organizations/{organization_id}/settings', tag: 'Organizations' }, ifMatch: true, etag: etagOf,
  run: async (ctx, input) => {
    await lockOrganization(ctx.db, ctx.orgId)
    ctx.expectVersion(toOrganization(await ctx.db.organization.findFirstOrThrow(), ctx.standing).etag)
    if (input.mfa_required) checkOwnSecondFactor(ctx)
    await checkRegions(input.regions ?? [])
    const org = await ctx.db.organization.update({
      where: { id: ctx.orgId }, data: {
        ...(input.regions ? { regions: [...new Set(input.regions)] } : {}), ...(input.mfa_required === undefined ? {} : { mfaRequired: input.mfa_required }),
        ...(input.audit_retention_days ? { auditRetentionDays: input.audit_retention_days } : {}),
      },
    })
    await ctx.emit('organization.settings_changed', { type: 'organization', id: ctx.orgId }, {
      regions: org.regions.join(','), mfa_required: org.mfaRequired, audit_retention_days: org.auditRetentionDays,
    })
    return toOrganization(org, ctx.standing)
  },
})

/** Whoever asks it of everybody must not lock themselves out. */
const checkOwnSecondFactor = (ctx: OrgContext): void => {
  if (ctx.actor.type === 'user' && ctx.actor.mfa) return
  throw new DomainError('mfa_required', 'Set up a second factor for your own account first and sign in with it. Then ask it of everybody.')
}

const checkRegions = async (regions: readonly string[]): Promise<void> => {
  if (regions.length === 0) return
  const known = await knownRegions()
  const strange = regions.findIndex((region) => !known.includes(region))
  if (strange >= 0) throw ruleViolated(`/regions/${strange}`, 'unknown_region', `There is no such region. These exist: ${known.join(', ') || 'none yet'}.`)
}
