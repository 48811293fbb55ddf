import { MESH_NODES, MESH_RANGE } from '../../contract/node-api/network.ts'

/** Organization networks are /24s in 10.64.0.0/10; index 1 is 10.64.1.0/24. Room for 16,367 organizations; the rest of the range is the nodes'. */
export const MAX_NETWORK_INDEX = 16_367

const prefixOf = (networkIndex: number): string => {
  if (!Number.isInteger(networkIndex) || networkIndex < 0 || networkIndex > MAX_NETWORK_INDEX) throw new Error(`network index ${networkIndex} is outside the pool`)
  return `10.${64 + (networkIndex >> 8)}.${networkIndex & 255}`
}

export const rangeOf = (networkIndex: number): string => `${prefixOf(networkIndex)}.0/24`

/** First free host address, searching from `start` so that one just given back is not reused at once. Null: the network is full. */
export const freeAddress = (networkIndex: number, used: ReadonlySet<string>, start: number): string | null => {
  const prefix = prefixOf(networkIndex)
  for (let i = 0; i < 253; i++) {
    const address = `${prefix}.${2 + ((start + i) % 253)}`
    if (!used.has(address)) return address
  }
  return null
}

export const networkOf = (orgId: string, networkIndex: number, address: string) => ({
  id: `net_${orgId.slice(4)}`, address: `${address}/24`, gateway: `${prefixOf(networkIndex)}.1`, mac: macOf(address),
})

/** Locally administered and a function of the address, so it is unique wherever the address is. */
const macOf = (address: string): string => `02:50:${address.split('.').map((n) => Number(n).toString(16).padStart(2, '0')).join(':')}`

/** Of a node in the mesh, counted from 1. */
export const meshAddress = (index: number): string => {
  if (!Number.isInteger(index) || index < 1 || index > MESH_NODES) throw new Error(`mesh index ${index} is outside the range`)
  const [a, b, c = 0] = MESH_RANGE.first.split('.').map(Number)
  return `${a}.${b}.${c + (index >> 8)}.${index & 255}`
}
