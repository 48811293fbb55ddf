import { z } from 'zod'
import type { Prisma } from '../../../prisma/generated/client.ts'
import { ExecSession } from '../../contract/exec.ts'
import { pageOf } from '../../contract/page.ts'
import { END_REASONS } from '../../contract/session-wire.ts'
import { toInstant, toInstantOrNull } from '../../contract/time.ts'
import { defineList } from '../../core/listing.ts'
import { query } from '../../core/operation.ts'

const FIELDS = {
  app_id: { kind: 'text', column: 'appId', filter: true }, instance_id: { kind: 'text', column: 'instanceId', filter: true },
  actor_id: { kind: 'text', column: 'actorId', filter: true }, kind: { kind: 'enum', column: 'kind', values: ['command', 'terminal'], filter: true },
  end_reason: { kind: 'enum', column: 'endReason', values: END_REASONS, filter: true, nullable: true },
  started_at: { kind: 'time', column: 'startedAt', range: true, sort: true },
} as const
const SEARCH = ['program', 'actorName', 'ip', 'app.name']
const PARTS = { app: { select: { name: true } } } as const

type Row = Prisma.ExecSessionGetPayload<{ include: typeof PARTS }>

const toWire = (row: Row): ExecSession => ({
  id: row.id, organization_id: row.orgId, app_id: row.appId, app_name: row.app.name, instance_id: row.instanceId,
  kind: row.kind === 'terminal' ? 'terminal' : 'command', program: row.program, actor_id: row.actorId, actor_name: row.actorName,
  ip: row.ip, user_agent: row.userAgent, started_at: toInstant(row.startedAt), ended_at: toInstantOrNull(row.endedAt),
  end_reason: END_REASONS.find((one) => one === row.endReason) ?? null, exit_code: row.exitCode, bytes_in: Number(row.bytesIn), bytes_out: Number(row.bytesOut),
})

const own = defineList({ name: 'terminals', sort: '-started_at', search: SEARCH, fields: FIELDS })
export const listTerminals = query({
  name: 'terminals.list', summary: 'Terminals and commands that were run in apps: who, from where, how long, and why they ended', scope: 'org', permission: 'audit:read',
  input: z.strictObject(own.input), output: pageOf(ExecSession), rest: { method: 'GET', path: '/terminals', tag: 'Audit' },
  run: async (ctx, input) => {
    const page = own.page(ctx, input)
    const rows = await ctx.db.execSession.findMany({ where: page.where, orderBy: page.orderBy, take: page.take, include: PARTS })
    return page.of(rows, toWire)
  },
})

const everybody = defineList({
  name: 'admin.terminals', sort: '-started_at', search: SEARCH, fields: { ...FIELDS, organization_id: { kind: 'text', column: 'orgId', filter: true } },
})
export const listAllTerminals = query({
  name: 'admin.list_terminals', summary: 'Terminals and commands of every organization', scope: 'staff',
  input: z.strictObject(everybody.input), output: pageOf(ExecSession), rest: { method: 'GET', path: '/admin/terminals', tag: 'Staff' },
  run: async (ctx, input) => {
    const page = everybody.page(ctx, input)
    const rows = await ctx.db.execSession.findMany({ where: page.where, orderBy: page.orderBy, take: page.take, include: PARTS })
    return page.of(rows, toWire)
  },
})
