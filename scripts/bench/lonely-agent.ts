/** The agent over pretended drivers in a process of its own, for a portal elsewhere; says when it runs and what processor time it used. */
import { createWorld } from '../../agent/testing/world.ts'

const world = await createWorld()
const options = world.options()
const agent = world.agent({
  options: { ...options, portal: { url: process.argv[2] ?? '', ca: null }, bootSlots: 8, timing: { usageMs: 10_000, logsMs: 1_000, drainMs: 1 } },
})
await agent.start()
console.log('ready')
process.once('SIGTERM', () => void agent.stop().then(() => world.close()).then(() => process.exit()))
