import { createJoinToken } from './create-join-token.ts'
import { getNode, listNodes } from './read-nodes.ts'
import { markUnreachableNodes } from './watch-nodes.ts'

export { identifyNode, verifyCall, type Caller } from './authenticate.ts'
export { nodeUse, type NodeUse } from './capacity.ts'
export { readDesired, readIndexes, removeObject, setDesired, listDesired, type DesiredList, type WantedObject } from './desired.ts'
export { sealedObjectPlace } from './desired-spec.ts'
export { renewEpoch } from './epoch.ts'
export { FAULT_STATUS, NodeFault } from './fault.ts'
export { ensureLocalJoinToken, issueJoinToken } from './join-token.ts'
export { type IntakeContext } from './instance-status.ts'
export { registerIntake } from './volume-intake.ts'
export { listVolumeNodes } from './volume-nodes.ts'
export { recordStatus } from './record-status.ts'
export { openSession, register } from './register.ts'
export { markUnreachable, watchNodes } from './watch-nodes.ts'
export { createJoinToken, getNode, listNodes, markUnreachableNodes }
export const operations = [listNodes, getNode, createJoinToken]
export const jobs = [markUnreachableNodes]
