export { handleNodeRequest, stopNodeApi, waitingNodes } from './handler.ts'
