export { handleInstallScript } from './dist.ts'
export { handleNodeRequest, stopNodeApi, waitingNodes } from './handler.ts'
