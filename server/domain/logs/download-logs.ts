import { z } from 'zod'
import type { LogLine } from '../../contract/log.ts'
import type { FileOperation } from '../../core/composite.ts'
import type { RequestMeta } from '../../core/context.ts'
import { call, query } from '../../core/operation.ts'
import { filterOf, LogFilter } from './list-app-logs.ts'
import { readLines } from './store/read.ts'
import { Moment } from './time-input.ts'

const PAGE = 5_000
const Input = z.strictObject({
  app_id: z.string().max(64), since: Moment.optional(), until: Moment.optional(), ...LogFilter,
  format: z.enum(['text', 'json']).default('text').describe('json: one object per line'),
})
const Common = { scope: 'org', permission: 'apps:read' } as const

const downloadPage = query({
  ...Common, name: 'apps.download_logs_page', summary: 'The next lines of a download',
  input: z.strictObject({ ...Input.shape, after: z.bigint().nullable() }),
  output: z.object({ lines: z.array(z.custom<LogLine>()), next: z.bigint().nullable(), name: z.string() }),
  run: async (ctx, { after, format: _format, ...asked }) => {
    const filter = await filterOf(ctx, asked)
    const { name } = await ctx.db.app.findFirstOrThrow({ where: { id: asked.app_id }, select: { name: true } })
    return { ...await readLines(ctx.db, filter, { order: 'oldest', after, limit: PAGE }), name }
  },
})
type Piece = Awaited<ReturnType<typeof nextPiece>>

/** Each page is authorised anew, so that a long download ends with the right to it. */
const nextPiece = (meta: RequestMeta, raw: object, after: bigint | null) => call(downloadPage, meta, { ...raw, after })

const asText = (line: LogLine): string => `${line.at} ${line.instance_id} ${line.level.toUpperCase()} ${line.line}\n`
const asJson = (line: LogLine): string => `${JSON.stringify(line)}\n`

async function* rest(meta: RequestMeta, raw: object, first: Piece, write: (line: LogLine) => string): AsyncGenerator<string> {
  for (let piece = first; ;) {
    yield piece.lines.map(write).join('')
    if (piece.next === null) return
    piece = await nextPiece(meta, raw, piece.next)
  }
}

export const downloadAppLogs: FileOperation<typeof Input> = {
  kind: 'file', name: 'apps.download_logs', summary: 'Every log line of an app that fits the filters, oldest first, as a file', ...Common,
  input: Input, contentType: 'text/plain; charset=utf-8',
  rest: { method: 'GET', path: '/apps/{app_id}/logs/download', tag: 'Logs and metrics' },
  handle: async (meta, raw) => {
    const asked = raw as { format?: string }
    const first = await nextPiece(meta, asked, null)
    const day = new Date().toISOString().slice(0, 10)
    return asked.format === 'json'
      ? { body: rest(meta, asked, first, asJson), fileName: `${first.name}-${day}.ndjson`, contentType: 'application/x-ndjson; charset=utf-8' }
      : { body: rest(meta, asked, first, asText), fileName: `${first.name}-${day}.log` }
  },
}
