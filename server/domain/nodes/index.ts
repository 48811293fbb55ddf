import { createJoinToken, getJoin } from './create-join-token.ts'
import { cordonNode, revokeNode, uncordonNode, updateNode } from './change-node.ts'
import { declareDead } from './declare-dead.ts'
import { getNode, listNodes } from './read-nodes.ts'
import { advanceUpgrade, wakeUpgrades } from './upgrades/advance.ts'
import { cancelUpgrade, getUpgrades, resumeUpgrade, startUpgrade } from './upgrades/operations.ts'
import { markUnreachableNodes } from './watch-nodes.ts'

export { anyNodeCan } from './abilities.ts'
export { identifyNode, verifyCall, type Caller } from './authenticate.ts'
export { nodeUse, type NodeUse } from './capacity.ts'
export { readCandidates } from './candidates.ts'
export { schedule, withInstance, type NodeState, type Wish } from './rules/schedule.ts'
export { lockNodes, adoptObject, removeObject, removeUnknown, setDesired, type WantedObject } from './desired.ts'
export { tellMesh, type Peer } from './mesh-list.ts'
export { setRoutes, type RouteOn } from './desired-everywhere.ts'
export { listDesired, readDesired, readIndexes } from './read-desired.ts'
export { sealedObjectPlace } from './desired-spec.ts'
export { renewEpoch } from './epoch.ts'
export { beginFences, lockSilence, silenceOf, silentNodes, type NodeSilence } from './fencing.ts'
export { pretendListening } from './hearing.ts'
export { mayGrant, type Grant } from './rules/grant.ts'
export { FAULT_STATUS, NodeFault } from './fault.ts'
export { consoleAuthority, consoleNames, currentDist, installScript } from './install-line.ts'
export { ensureLocalJoinToken, issueJoinToken } from './join-token.ts'
export { applyVmStatuses, type IntakeContext } from './instance-status.ts'
export { registerIntake } from './volume-intake.ts'
export { listVolumeNodes } from './volume-nodes.ts'
export { recordStatus } from './record-status.ts'
export { describeStrays } from './strays.ts'
export { openSession, register } from './register.ts'
export { countMovable, lockNodeRow, toDrainView, viewNode } from './node-view.ts'
export { DrainView, NodeId, NodeView } from './wire.ts'
export { giveUpLost, markUnreachable, watchNodes } from './watch-nodes.ts'
export { cordonNode, createJoinToken, declareDead, getJoin, getNode, listNodes, markUnreachableNodes, revokeNode, uncordonNode, updateNode }
export { cancelUpgrade, getUpgrades, resumeUpgrade, startUpgrade, wakeUpgrades }
// What has a name of its own below /nodes comes before /nodes/{node_id}.
export const operations = [
  listNodes, getUpgrades, startUpgrade, resumeUpgrade, cancelUpgrade, createJoinToken, getJoin, getNode, updateNode, cordonNode, uncordonNode, revokeNode,
  declareDead,
]
export const jobs = [markUnreachableNodes, advanceUpgrade]
