/** Stands in for Firecracker in its jail: the API as its description says, the rules of when, the limits of how much, and a guest that is none. */
import { appendFileSync, readFileSync, truncateSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { DoubleGuest, writeJson, type GuestMemory } from './guest.ts'
import { DoubleMachine, Fault, type DriveConfig } from './machine.ts'
import { openJudge } from './schema.ts'

const VALUES = ['id', 'api-sock', 'start-time-us', 'start-time-cpu-us', 'parent-cpu-time-us', 'http-api-max-payload-size']
const PAYLOAD_LIMIT = 51_200
const CONNECTION_LIMIT = 10
const VERSION = '1.16.1'
const KERNEL_MS = 20

interface Saved { settings: [string, Record<string, unknown>][]; drives: DriveConfig[]; memory: string }

function readArguments(argv: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (let at = 0; at < argv.length; at += 2) {
    const name = (argv[at] ?? '').slice(2)
    if (!VALUES.includes(name) || argv[at + 1] === undefined) throw new Error(`Found argument '${argv[at]}' which wasn't expected`)
    found[name] = argv[at + 1] ?? ''
  }
  return found
}

const options = readArguments(process.argv.slice(2))
const judge = openJudge(process.env['DOUBLE_SPEC'] ?? '')
const uid = Number(process.env['DOUBLE_UID'])
process.setgroups?.([])
process.setgid?.(Number(process.env['DOUBLE_GID']))
process.setuid?.(uid)

const machine = new DoubleMachine(uid)
let guest: DoubleGuest | null = null
let vsock: string | null = null

/** Firecracker ends when its guest resets through the keyboard controller; one that only halts stays. */
function powerOff(bootArguments: string): void {
  if (/\breboot=k\b/.test(bootArguments) && /\bshellwego_end=reset\b/.test(bootArguments)) process.exit(0)
}

function makeGuest(bootArguments: string): DoubleGuest {
  const console = machine.settings.get('/serial')?.['serial_out_path']
  const made = new DoubleGuest({ bootArguments, drives: machine.drives, console: typeof console === 'string' ? console : null, powerOff: () => powerOff(bootArguments) })
  if (vsock !== null) made.listen(`.${vsock}`)
  return made
}

const memoryBytes = (): number => Number(machine.settings.get('/machine-config')?.['mem_size_mib']) * 2 ** 20

machine.onVsock = (path) => { vsock = path }
machine.onStart = (bootArguments) => {
  const made = makeGuest(bootArguments)
  guest = made
  setTimeout(() => made.boot(), KERNEL_MS)
}
machine.onKeyboard = () => guest?.ctrlAltDel()
machine.onSnapshot = (state, memory) => {
  const saved: Saved = { settings: [...machine.settings], drives: machine.drives, memory }
  writeJson(state, saved)
  writeJson(memory, guest?.memory())
  // Of the size of the guest's memory, whatever is in it.
  truncateSync(`.${memory}`, memoryBytes())
  guest?.hangUp()
}
machine.onLoad = ({ state, memory, vsock: override }) => {
  // A load that fails ends the process.
  try {
    const saved = JSON.parse(readFileSync(`.${state}`, 'utf8')) as Saved
    const bytes = readFileSync(`.${memory}`)
    const kept = JSON.parse(bytes.subarray(0, bytes.indexOf(0)).toString()) as GuestMemory
    machine.restore(saved.settings, saved.drives)
    if (bytes.length !== memoryBytes()) throw new Error(`the memory file has ${bytes.length} bytes`)
    vsock = override ?? String(machine.settings.get('/vsock')?.['uds_path'])
    guest = makeGuest(String(machine.settings.get('/boot-source')?.['boot_args']))
    guest.pause(true)
    guest.resumeFrom(kept)
  } catch (error) {
    setTimeout(() => process.exit(1), 50)
    throw new Fault(`Load snapshot error: ${String(error)}`)
  }
}

function answer(response: ServerResponse, status: number, body?: unknown): void {
  const text = body === undefined ? '' : JSON.stringify(body)
  response.writeHead(status, { server: 'Firecracker API', ...(text ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {}) }).end(text)
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

const described = () => ({ id: options['id'], state: machine.state, vmm_version: VERSION, app_name: 'Firecracker' })

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '' } = request
  const bytes = await readBody(request)
  if (bytes.length > PAYLOAD_LIMIT) return answer(response, 413, { fault_message: `Request payload with size ${bytes.length} is larger than the limit of ${PAYLOAD_LIMIT} allowed by server.` })
  const operation = judge(method, url)
  if (operation === null) return answer(response, 400, { fault_message: `Invalid request method and/or path: ${method} ${url}` })
  const body: unknown = bytes.length > 0 ? JSON.parse(bytes.toString()) : undefined
  const fault = body === undefined && operation.bodyRequired ? 'Empty body' : method === 'GET' ? null : operation.fault(body)
  if (fault !== null) return answer(response, 400, { fault_message: `An error occurred when deserializing the json body of a request: ${url}: ${fault}` })
  if (method !== 'GET' && process.env['DOUBLE_CALLS']) appendFileSync('calls.jsonl', `${JSON.stringify({ method, path: url, body })}\n`)
  if (method === 'GET') return answer(response, 200, url === '/version' ? { firecracker_version: VERSION } : described())
  const before = machine.state
  machine.apply(method, operation.path, operation.ids, (body ?? {}) as Record<string, unknown>)
  if (machine.state !== before) guest?.pause(machine.state === 'Paused')
  answer(response, 204)
}

const server = createServer((request, response) => {
  handle(request, response).catch((error: unknown) => answer(response, 400, { fault_message: error instanceof Error ? error.message : String(error) }))
})
let connections = 0
server.on('connection', (socket) => {
  connections += 1
  socket.once('close', () => { connections -= 1 })
  if (connections > CONNECTION_LIMIT) socket.end('HTTP/1.1 503 \r\nServer: Firecracker API\r\nConnection: close\r\nContent-Length: 40\r\n\r\n{ "error": "Too many open connections" }')
})
server.keepAliveTimeout = 0
server.listen(`.${options['api-sock'] ?? '/run/firecracker.socket'}`)
process.on('SIGTERM', () => process.exit(0))
// A fault of the double itself must not look like one of the driver.
process.on('uncaughtException', (error) => {
  appendFileSync('double-crashed.txt', `${error.stack ?? error.message}\n`)
  process.exit(70)
})
