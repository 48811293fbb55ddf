/** Interface names have 15 characters; a hash keeps them unique, the prefix says that they are ours. */
import { createHash } from 'node:crypto'

export const BRIDGE_PREFIX = 'swgb'
export const TAP_PREFIX = 'swgt'
/** The WireGuard interface to other nodes. */
export const MESH = 'swgmesh'
/** Of our nftables tables. */
export const TABLE = 'shellwego'
/** Of our nftables table that outlives changes of the rules. */
export const VISITS = 'shellwego_visits'

export const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 10)
export const bridgeName = (networkId: string): string => BRIDGE_PREFIX + shortHash(networkId)
export const tapName = (vmId: string): string => TAP_PREFIX + shortHash(vmId)
