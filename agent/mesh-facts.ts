/** What this node tells about its place in the mesh; null when it can have none. */
import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { join } from 'node:path'
import type { Facts } from '../server/contract/node-api/v1.ts'
import type { AgentConfig } from './config.ts'
import { loadMeshKey, meshPossible } from './drivers/network/bridge/mesh-key.ts'

export const meshKeyFile = (config: AgentConfig): string => join(config.agentDir, 'mesh.key')

export async function meshFacts(config: AgentConfig): Promise<Facts['mesh']> {
  if (!(await meshPossible())) return undefined
  const endpoint = config.mesh.endpoint === null ? await ownEndpoint(config) : await asAddress(config.mesh.endpoint)
  return endpoint === null ? undefined : { public_key: loadMeshKey(meshKeyFile(config)).publicKey, endpoint, edges: true, wakes: true }
}

/** Other nodes are told an address: a name would be looked up by each of them. */
async function asAddress(endpoint: string): Promise<string | null> {
  const [host = '', port = ''] = endpoint.split(':')
  return lookup(host, 4).then(({ address }) => `${address}:${port}`, () => null)
}

/** The address this node has on the way to the portal; beside the portal, on the way out. */
async function ownEndpoint({ portal, mesh }: AgentConfig): Promise<string | null> {
  for (const target of [new URL(portal.url).hostname, '192.0.2.1']) {
    const address = await sourceAddress(target)
    if (address !== null && !address.startsWith('127.') && address !== '0.0.0.0') return `${address}:${mesh.port}`
  }
  return null
}

/** Connecting a datagram socket chooses a route and sends nothing. */
const sourceAddress = (target: string): Promise<string | null> => new Promise((resolve) => {
  const socket = createSocket('udp4')
  const finish = (address: string | null): void => {
    socket.close()
    resolve(address)
  }
  socket.once('error', () => finish(null))
  socket.connect(9, target, () => finish(socket.address().address))
})
