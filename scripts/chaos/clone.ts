import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { createPortalClient, PortalError, type Credentials, type PortalClient } from '../../agent/portal/client.ts'
import { createTransport } from '../../agent/portal/http.ts'
import { loadNodeKey, type NodeKey } from '../../agent/portal/node-key.ts'
import { createSecretBox } from '../../agent/state/secret-box.ts'
import { RegisterReply, StatusReply, type Facts } from '../../server/contract/node-api/v1.ts'
import { VERSION } from '../../server/contract/version.ts'
import { readOptional } from '../host/files.ts'
import type { Product } from '../test/product.ts'

const HEARTBEAT_MS = 5_000

interface Copy { key: NodeKey; stored: Credentials }

/** What somebody has who copied the machine's disk. */
function copyDisk(agentFolder: string): Copy {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shellwego-clone-'))
  try {
    for (const file of ['ledger.db', 'ledger.db-wal', 'ledger.db-shm', 'node.key']) copyFileSync(path.join(agentFolder, file), path.join(folder, file))
    const key = loadNodeKey(path.join(folder, 'node.key'))
    const ledger = new DatabaseSync(path.join(folder, 'ledger.db'))
    const row = ledger.prepare("SELECT value FROM meta WHERE key = 'node'").get() as { value: string }
    ledger.close()
    return { key, stored: JSON.parse(createSecretBox(key.secret).open(Buffer.from(row.value, 'base64'), 'node')) as Credentials }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const clientOf = (api: string, key: NodeKey): PortalClient => createPortalClient(createTransport(api, null), key)
const agentOf = ({ data }: Product): string => path.join(data, 'agent')

type Reader = Pick<pg.Client, 'query'> | Pick<pg.Pool, 'query'>

async function factsOf(database: Reader, nodeId: string): Promise<Facts> {
  const { rows: [row] } = await database.query<{ facts: Facts }>('SELECT facts FROM node WHERE id = $1', [nodeId])
  if (!row) throw new Error('there is no node to copy')
  return row.facts
}

/** A copy of the node's disk, booted on another machine: takes the identity for a while, says that it runs nothing, and goes silent. */
export const runClone = (product: Product, database: Reader, holdMs: number): Promise<void> =>
  cloneFrom({ folder: agentOf(product), api: product.run().api }, database, holdMs)

export async function cloneFrom({ folder, api }: { folder: string; api: string }, database: Reader, holdMs: number): Promise<void> {
  const { key, stored } = copyDisk(folder)
  const [client, facts, bootId] = [clientOf(api, key), await factsOf(database, stored.nodeId), randomUUID()]
  client.useCredentials(stored)
  const session = await client.post('/node/v1/session', { boot_id: bootId, agent_version: VERSION, facts }, RegisterReply)
  client.useCredentials({ nodeId: session.node_id, credential: session.credential })
  let seq = 0
  for (const end = Date.now() + holdMs; Date.now() < end; await sleep(HEARTBEAT_MS)) {
    await client.post('/node/v1/status', {
      session_id: session.session_id, seq: seq += 1, observed_epoch: session.epoch, observed_index: 0, boot_id: bootId, heartbeat: true, objects: [],
      node: { load: 0, memory_free_mib: facts.memory_mib, disk_free_mib: facts.disk_mib, conditions: [] },
    }, StatusReply)
  }
}

/** Registers with what somebody may have found: the used token from another machine, and the node's installation under another key. */
export async function registerAgain(product: Product, database: Reader): Promise<string[]> {
  const token = readOptional(path.join(product.data, 'agent/join-token'))?.trim() ?? 'join_forgotten'
  const { key, stored } = copyDisk(agentOf(product))
  const publicKey = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  const facts = await factsOf(database, stored.nodeId)
  const accepted = await Promise.all([key.installId, randomUUID()].map(async (installId) => {
    const body = { join_token: token, install_id: installId, public_key: publicKey, boot_id: randomUUID(), agent_version: VERSION, facts }
    try {
      const { node_id: node } = await clientOf(product.run().api, key).post('/node/v1/register', body, RegisterReply)
      return `I1 a second machine joined as ${node}`
    } catch (error) {
      if (error instanceof PortalError) return null
      throw error
    }
  }))
  return accepted.filter((fault) => fault !== null)
}
