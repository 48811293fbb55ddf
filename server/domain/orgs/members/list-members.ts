import { z } from 'zod'
import { MEMBER_PARTS } from '../../../core/authorize.ts'
import { notFound } from '../../../core/error.ts'
import { etagOf } from '../../../core/etag.ts'
import { defineList } from '../../../core/listing.ts'
import { query } from '../../../core/operation.ts'
import { Member } from '../../../contract/member.ts'
import { pageOf } from '../../../contract/page.ts'
import { MEMBER_ROLES } from '../../../contract/permission.ts'
import { toMember, toMembers } from './member-wire.ts'

const list = defineList({
  name: 'members',
  fields: {
    role: { kind: 'enum', values: MEMBER_ROLES, column: 'role', filter: true, sort: true },
    email: { kind: 'text', filter: true, where: (emails) => ({ user: { email: { in: emails } } }) },
    status: { kind: 'enum', values: ['active', 'suspended'], filter: true, where: (wanted) => ({ OR: wanted.map((one) => ({ suspendedAt: one === 'active' ? null : { not: null } })) }) },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
  },
  sort: 'created_at',
  key: 'userId',
})

const include = { user: { select: { email: true, name: true } }, ...MEMBER_PARTS } as const

export const listMembers = query({
  name: 'members.list', summary: 'People of the organization: role, restriction, second factor, last seen', scope: 'org', permission: 'members:read',
  input: z.strictObject(list.input), output: pageOf(Member),
  rest: { method: 'GET', path: '/organizations/{organization_id}/members', tag: 'Members' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    const rows = await ctx.db.membership.findMany({
      where: page.where, include, orderBy: page.orderBy, take: page.take,
    })
    const { data, pagination } = page.of(rows, (row) => row)
    return { data: await toMembers(data), pagination }
  },
})

export const getMember = query({
  name: 'members.get', summary: 'One person of the organization', scope: 'org', permission: 'members:read',
  input: z.strictObject({ user_id: z.string().max(60) }), output: Member,
  rest: { method: 'GET', path: '/organizations/{organization_id}/members/{user_id}', tag: 'Members' }, etag: etagOf,
  run: async (ctx, input) => {
    const row = await ctx.db.membership.findFirst({ where: { userId: input.user_id }, include })
    if (!row) throw notFound('member')
    return toMember(row)
  },
})
