import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { DomainError } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import type { AnyOperation } from '../../core/operation.ts'
import { brandOfHost } from '../../domain/branding/index.ts'
import { sendProblem } from '../http/reply.ts'
import { htmlPage, pagePolicy } from './docs/html.ts'
import { problemBody, problemsBody } from './docs/problems.ts'
import { referenceBody } from './docs/reference.ts'
import { openApi } from './openapi.ts'

/** `/docs`, `/docs/problems` and `/docs/problems/<code>`, under the name of the host's brand. */
export const createDocsHandler = (operations: readonly AnyOperation[]) => {
  let document: ReturnType<typeof openApi> | null = null
  const bodyOf = (path: string, brand: { name: string; origin: string }): { title: string; body: string } | null => {
    if (path === '/docs') return { title: `${brand.name} API reference`, body: referenceBody(document ??= openApi(operations), brand.name, brand.origin) }
    if (path === '/docs/problems') return { title: 'Error codes', body: problemsBody() }
    const name = path.slice('/docs/problems/'.length)
    const body = problemBody(name)
    return body === null ? null : { title: name, body }
  }

  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const { pathname } = new URL(req.url ?? '/', 'http://portal')
    const brand = await brandOfHost(req.headers.host)
    const refuse = (error: DomainError): void => sendProblem(res, error, newId('request'), pathname)
    if (!brand) return refuse(new DomainError('unknown_host', 'No console is served under this host name. Check the address.'))
    const page = bodyOf(pathname.replace(/(.)\/$/, '$1'), brand)
    if (!page) return refuse(new DomainError('not_found', 'There is no such page. The reference is at /docs.'))
    const nonce = randomBytes(16).toString('base64')
    res.writeHead(200, {
      'content-type': 'text/html; charset=utf-8', 'content-security-policy': pagePolicy(nonce), 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin',
    }).end(htmlPage(page.title, page.body, nonce))
  }
}
