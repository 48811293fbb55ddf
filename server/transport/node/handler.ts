import type { IncomingMessage, ServerResponse } from 'node:http'
import { identifyNode, NodeFault, verifyCall } from '../../domain/nodes/index.ts'
import { EMPTY_SHA256, readBody } from './body.ts'
import { handleDist } from './dist.ts'
import { handleImages } from './images.ts'
import { PollHub } from './poll-hub.ts'
import { readAbilities, readQuestion } from './poll-question.ts'
import { sendFault, sendJson } from './reply.ts'
import { NODE_ROUTES, REGISTER_BODY, runRegister, type NodeRoute } from './routes.ts'

const PREFIX = '/node/v1'
const hub = new PollHub()

/** Agents now waiting for news. */
export const waitingNodes = (): number => hub.waiting
/** Lets every waiting agent go, for a graceful stop; they ask again elsewhere. */
export const stopNodeApi = (): void => hub.close()

/** Everything below /node/v1. Never throws; every refusal is a NodeError. */
export const handleNodeRequest = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
  try {
    await dispatch(req, res)
  } catch (error) {
    sendFault(res, error)
  }
}

const dispatch = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
  const url = new URL(req.url ?? '/', 'http://node')
  const path = url.pathname.startsWith(PREFIX) ? url.pathname.slice(PREFIX.length) : url.pathname
  if (path === '/desired') return poll(req, res, url)
  if (path === '/dist' || path.startsWith('/dist/')) return handleDist(req, res, path.slice('/dist/'.length))
  if (path.startsWith('/images/')) return handleImages(req, res, path.slice('/images'.length))
  const route = NODE_ROUTES[path]
  if (path !== '/register' && !route) throw new NodeFault('bad_request', 'No such path in the node API.', { status: 404 })
  if (req.method !== 'POST') throw new NodeFault('bad_request', 'Use POST.', { status: 405 })
  const can = readAbilities(url)
  const { status, body } = route ? await signed(req, route, can) : await runRegister((await readBody(req, REGISTER_BODY)).text, can)
  sendJson(res, status, body)
}

const signed = async (req: IncomingMessage, route: NodeRoute, can: readonly string[]) => {
  const caller = await identifyNode(req.headers, { forSession: route.forSession ?? false })
  const body = await readBody(req, route.body)
  verifyCall(caller, { method: 'POST', path: req.url ?? '', bodySha256: body.sha256 })
  return route.run(caller, body.text, can)
}

const poll = async (req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> => {
  if (req.method !== 'GET') throw new NodeFault('bad_request', 'Use GET.', { status: 405 })
  const caller = await identifyNode(req.headers)
  verifyCall(caller, { method: 'GET', path: req.url ?? '', bodySha256: EMPTY_SHA256 })
  hub.ask(caller.nodeId, readQuestion(url, req.headers['if-none-match']), res)
}
