export { handleLive, STREAMS } from './handle-live.ts'
