import type { AnyOperation } from '../../core/operation.ts'

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const STYLE = `:root{color-scheme:light dark;font:14px/20px system-ui,sans-serif}body{max-width:860px;margin:40px auto;padding:0 16px}h2{margin-top:40px;font-size:16px}
table{width:100%;border-collapse:collapse}td{padding:8px 12px 8px 0;border-top:1px solid #8884;vertical-align:top}code{font-family:ui-monospace,monospace}.m{width:64px;font-weight:550}`

/** A page to read the REST routes: grouped, with what each does. The full schemas are in the OpenAPI document. */
export const docsPage = (operations: readonly AnyOperation[]): string => {
  const groups = Map.groupBy(operations.filter((o) => o.rest), (o) => o.rest?.tag ?? 'Other')
  const sections = [...groups].map(([tag, ops]) => `<h2>${escape(tag)}</h2><table>${ops.map(row).join('')}</table>`).join('')
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>API reference</title><style>${STYLE}</style>
<h1>API reference</h1><p>Base path <code>/v1</code>. Send <code>Authorization: Bearer &lt;token&gt;</code>; get a token with <code>POST /v1/auth/token</code>.
Errors are problem documents (RFC 9457). Lists take <code>limit</code> and <code>cursor</code>. Commands take <code>Idempotency-Key</code>.
<a href="/v1/openapi.json">OpenAPI 3.1 document</a>.</p>${sections}</html>`
}

const row = (op: AnyOperation): string =>
  `<tr><td class="m">${op.rest?.method}</td><td><code>/v1${escape(op.rest?.path ?? '')}</code><br>${escape(op.summary)}${op.permission ? ` <small>(${op.permission})</small>` : ''}</td></tr>`
