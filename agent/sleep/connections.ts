/** Who is connected through the edge right now: WebSockets, and requests that take long, have no line in its log yet. */
import { readFile } from 'node:fs/promises'
import { EDGE_PORT } from '../drivers/network.ts'

/** Addresses with a connection of this host to their edge port that is open, being opened, or not yet closed by us. */
export type Connections = () => Promise<ReadonlySet<string>>

const ESTABLISHED = '01'
const SYN_SENT = '02'
const CLOSE_WAIT = '08'
const OPEN: readonly string[] = [ESTABLISHED, SYN_SENT, CLOSE_WAIT]

export const edgeConnections: Connections = async () => connectedTo(await readFile('/proc/net/tcp', 'utf8'), EDGE_PORT)

export function connectedTo(table: string, port: number): Set<string> {
  const found = new Set<string>()
  const ending = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  for (const line of table.split('\n').slice(1)) {
    const [, , remote = '', state = ''] = line.trim().split(/\s+/)
    if (remote.endsWith(ending) && OPEN.includes(state)) found.add(addressOf(remote.slice(0, 8)))
  }
  return found
}

/** The kernel writes the bytes in the order of its memory. */
const addressOf = (hex: string): string => [6, 4, 2, 0].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join('.')
