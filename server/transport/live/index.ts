export { handleLive } from './handle-live.ts'
