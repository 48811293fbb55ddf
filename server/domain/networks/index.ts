import { getAppNetwork, setAppNetwork } from './app-network.ts'
import { getOrgNetwork } from './org-network.ts'
import { syncMeshList } from './sync-mesh-list.ts'
import { syncMesh, syncNetworks, syncNode } from './sync-networks.ts'

export { freeAddress, networkOf } from './address.ts'
export { writeNodePolicy } from './node-policy.ts'
export { subscribeNetworks } from './sync-networks.ts'
export { getAppNetwork, getOrgNetwork, setAppNetwork }
export const operations = [getOrgNetwork, getAppNetwork, setAppNetwork]
export const jobs = [syncNetworks, syncMesh, syncNode, syncMeshList]
