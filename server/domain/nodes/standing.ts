import { VERSION } from '../../contract/version.ts'
import { recordEvent } from '../../core/event.ts'
import { runtime } from '../../core/runtime.ts'
import { NodeFault } from './fault.ts'
import { skewOf } from './rules/skew.ts'

/** Agents of the release before and after ours are spoken with; another keeps its VMs and is told what to do. */
export const requireSpeakable = (version: string): void => {
  const skew = skewOf(version, VERSION)
  if (skew === 'too_old') {
    throw new NodeFault('agent_too_old', `This agent is ${version.slice(0, 32) || 'of no version'}, the console ${VERSION}: it speaks with the release before its own at most. Its VMs go on. Run the install line of the console on this machine again.`)
  }
  if (skew === 'too_new') {
    throw new NodeFault('agent_too_new', `This agent is ${version.slice(0, 32)}, the console ${VERSION}. Its VMs go on. Upgrade the console, or run its install line on this machine again.`)
  }
}

/** Staff see why a node is not heard. */
export const noteRefusal = async (nodeId: string, fault: NodeFault): Promise<void> => {
  const refusal = JSON.stringify({ code: fault.code, message: fault.message, at: new Date().toISOString() })
  await runtime().databases.systemPool.query('UPDATE node SET refusal = $2 WHERE id = $1', [nodeId, refusal])
}

/** Told again as long as the second machine tries, and once an hour as news. */
export const CLONE_SHOWN_MS = 15 * 60_000
const NEWS_MS = 3_600_000

/** A machine speaks as this node, but not from the boot that holds its session: a copied disk, not a restart. */
export const noteClone = (nodeId: string, bootId: string): Promise<void> =>
  runtime().databases.asSystem('node-api', async (db) => {
    await db.$executeRaw`SELECT 1 FROM node WHERE id = ${nodeId} FOR UPDATE`
    const node = await db.node.findUnique({ where: { id: nodeId }, select: { bootId: true, clonedAt: true, hostname: true } })
    if (!node || node.bootId === bootId) return
    await db.node.update({ where: { id: nodeId }, data: { clonedAt: new Date() } })
    if (node.clonedAt && Date.now() - node.clonedAt.getTime() < NEWS_MS) return
    await recordEvent(db, { orgId: null, type: 'node.cloned', subject: { type: 'node', id: nodeId }, actor: { type: 'node', nodeId }, requestId: null, data: { hostname: node.hostname } })
  })
