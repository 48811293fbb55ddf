import type { ServerResponse } from 'node:http'
import type { AnyOperation } from '../../core/operation.ts'
import { docsPage } from './docs-page.ts'

/** `/docs`: the reference page. */
export const sendDocs = (res: ServerResponse, operations: readonly AnyOperation[]): void => {
  res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" }).end(docsPage(operations))
}
