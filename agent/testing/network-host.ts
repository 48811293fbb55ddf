/** Runs the real network driver inside a namespace that plays a host: one JSON call per line in, one answer per line out. */
import { createInterface } from 'node:readline'
import { loadMeshKey } from '../drivers/network/bridge/mesh-key.ts'
import { BridgeNetwork } from '../drivers/network/bridge/driver.ts'
import { bootProbe, type ProbeGuest } from './isolation/guest.ts'

const [stateFile = ''] = process.argv.slice(2)
const mesh = { keyFile: `${stateFile}.key`, port: 51_820 }
let guest: ProbeGuest | null = null
let driver = new BridgeNetwork(stateFile, mesh)

interface Call { id: number; op: string; args: never[] }

/** `again` is what a new agent would do: nothing is remembered but what lies on the host. */
async function perform({ op, args }: Call): Promise<unknown> {
  if (op === 'again') {
    driver = new BridgeNetwork(stateFile, mesh)
    return null
  }
  if (op === 'boot') {
    guest = await bootProbe(driver, args[0] as never, args[1] as never)
    return null
  }
  if (op === 'inside') return guest?.inside(args[0] as never)
  if (op === 'unboot') return guest?.end()
  if (op === 'meshKey') return loadMeshKey(mesh.keyFile).publicKey
  const method = driver[op as keyof BridgeNetwork] as unknown as (...given: unknown[]) => unknown
  return await method.apply(driver, args)
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const call = JSON.parse(line) as Call
  perform(call).then(
    (value) => process.stdout.write(`${JSON.stringify({ id: call.id, value: value ?? null })}\n`),
    (error: unknown) => process.stdout.write(`${JSON.stringify({ id: call.id, error: error instanceof Error ? error.message : String(error) })}\n`),
  )
}).on('close', () => process.exit(0))
