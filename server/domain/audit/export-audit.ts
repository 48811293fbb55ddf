import { z } from 'zod'
import { AuditRecord } from '../../contract/audit.ts'
import type { FileOperation } from '../../core/composite.ts'
import type { RequestMeta } from '../../core/context.ts'
import { call, command, query } from '../../core/operation.ts'
import { auditPage, AuditFilterInput } from './read-audit.ts'
import { csvHeader, csvLine } from './record.ts'

const PAGE = 1_000
const Input = z.strictObject({ ...AuditFilterInput, format: z.enum(['csv', 'json']).default('csv') })
const Common = { scope: 'org', permission: 'audit:read' } as const

/** Taking the log away is itself an entry of it. */
const beginExport = command({
  ...Common, name: 'audit.begin_export', summary: 'Notes who exports the audit log', input: Input,
  output: z.object({ organization_id: z.string(), format: z.enum(['csv', 'json']), filter: AuditFilterInput.filter }),
  run: async (ctx, input) => {
    await ctx.emit('audit.exported', { type: 'organization', id: ctx.orgId }, { format: input.format, filter: JSON.stringify(input.filter ?? {}) })
    return { organization_id: ctx.orgId, ...input }
  },
})

const exportPage = query({
  ...Common, name: 'audit.export_page', summary: 'The next entries of an export',
  input: z.strictObject({ ...AuditFilterInput, before: z.bigint().nullable() }), output: z.array(AuditRecord),
  run: (ctx, input) => auditPage(ctx, input.filter ?? {}, input.before, PAGE),
})

/** Each page is authorised anew, so that a long export ends with the right to it. */
async function* pages(meta: RequestMeta, organizationId: string, filter: z.input<typeof AuditFilterInput.filter>): AsyncGenerator<AuditRecord[]> {
  for (let before: bigint | null = null; ;) {
    const input: object = { organization_id: organizationId, before, ...(filter ? { filter } : {}) }
    const page: AuditRecord[] = await call(exportPage, meta, input)
    if (page.length > 0) yield page
    if (page.length < PAGE) return
    before = BigInt(page.at(-1)?.chain_seq ?? 0)
  }
}

async function* asCsv(source: AsyncIterable<AuditRecord[]>): AsyncGenerator<string> {
  yield csvHeader
  for await (const page of source) yield page.map(csvLine).join('')
}

async function* asJson(source: AsyncIterable<AuditRecord[]>, organizationId: string): AsyncGenerator<string> {
  let separator = ''
  yield `{"organization_id":${JSON.stringify(organizationId)},"data":[`
  for await (const page of source) {
    yield `${separator}${page.map((r) => JSON.stringify(r)).join(',\n')}`
    separator = ',\n'
  }
  yield ']}\n'
}

export const exportAudit: FileOperation<typeof Input> = {
  kind: 'file',
  name: 'audit.export',
  summary: 'The audit log as CSV or JSON, newest first, filtered as in the list',
  ...Common,
  input: Input,
  contentType: 'text/csv; charset=utf-8',
  rest: { method: 'GET', path: '/organizations/{organization_id}/audit/export', tag: 'Audit' },
  handle: async (meta, raw) => {
    const { organization_id: organizationId, format, filter } = await call(beginExport, { ...meta, idempotencyKey: null }, raw)
    const source = pages(meta, organizationId, filter)
    const fileName = `audit-${organizationId}-${new Date().toISOString().slice(0, 10)}.${format}`
    return format === 'csv' ? { body: asCsv(source), fileName } : { body: asJson(source, organizationId), fileName, contentType: 'application/json; charset=utf-8' }
  },
}
