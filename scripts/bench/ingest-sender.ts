/** A process of its own that sends events until it is done or killed; what it is to send comes on its standard input. */
import { text } from 'node:stream/consumers'
import type { UserActor } from '../../server/core/context.ts'
import { openDatabases } from '../../server/core/db.ts'
import { setRuntime, type Runtime } from '../../server/core/runtime.ts'
import { ingestUsageEvents } from '../../server/domain/metering/index.ts'
import { as } from '../../server/testing/actors.ts'

interface Order { app: string; system: string; actor: UserActor; brand: Parameters<typeof as>[1]; batches: object[][] }

const order = JSON.parse(await text(process.stdin)) as Order
const databases = openDatabases({ app: order.app, system: order.system, max: 8 })
const clock = { now: () => new Date(), refresh: () => Promise.resolve() }
setRuntime({ databases, clock, env: { SHELLWEGO_MODE: 'sandbox' } } as unknown as Runtime)
const caller = as({ ...order.actor, provenAt: new Date() }, order.brand)
process.stdout.write('begun\n')
await Promise.all(Array.from({ length: 8 }, async () => {
  for (let batch = order.batches.pop(); batch; batch = order.batches.pop()) await caller.call(ingestUsageEvents, { events: batch })
}))
process.exit()
