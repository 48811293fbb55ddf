import { request } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { registryHeaders } from '../../contract/node-api/registry-headers.ts'
import { runtime } from '../../core/runtime.ts'
import { identifyNode, NodeFault, verifyCall } from '../../domain/nodes/index.ts'
import { EMPTY_SHA256 } from './body.ts'

/** `GET /node/v1/images/v2/…`: the registry of the built-in images, which listens on loopback, read by other nodes. */
export const handleImages = async (req: IncomingMessage, res: ServerResponse, path: string): Promise<void> => {
  if (req.method !== 'GET' && req.method !== 'HEAD') throw new NodeFault('bad_request', 'Use GET.', { status: 405 })
  const caller = await identifyNode(req.headers)
  verifyCall(caller, { method: req.method, path: req.url ?? '', bodySha256: EMPTY_SHA256 })
  const registry = runtime().env.SHELLWEGO_BUILTIN_REGISTRY
  if (!registry) throw new NodeFault('unavailable', 'This portal has no registry of built-in images.')
  if (!/^\/v2\/[A-Za-z0-9._:/@-]*$/.test(path) || path.includes('..')) throw new NodeFault('bad_request', 'No such path of the registry.', { status: 404 })
  await new Promise<void>((resolve) => {
    const outgoing = request(`http://${registry}${path}`, { method: req.method, headers: { accept: req.headers.accept ?? '*/*' }, agent: false })
    const fail = (): void => {
      if (res.headersSent) res.destroy()
      else res.writeHead(502).end()
      resolve()
    }
    outgoing.on('error', fail)
    outgoing.on('response', (incoming) => {
      res.writeHead(incoming.statusCode ?? 502, registryHeaders(incoming.headers))
      incoming.on('error', fail).pipe(res)
    })
    res.once('close', () => {
      outgoing.destroy()
      resolve()
    })
    outgoing.end()
  })
}
