/** A guest that is none: reads its config drive, listens on its vsock, speaks the protocol of agent/guest/init. */
import { readFileSync, writeFileSync, appendFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { FakeMachine } from '../../drivers/vmm/fake-machine.ts'
import type { LogLine, Vm, VmExit, VmSpec } from '../../drivers/vmm.ts'
import { CHANNEL_PORT, encodeFrame, FrameReader, MSG, STATE, STREAM, u32, u64, type Frame } from '../../guest/protocol.ts'
import { programsAt } from '../vm-programs.ts'
import { GuestCommands } from './guest-commands.ts'
import type { DriveConfig } from './machine.ts'

const MAGIC = 'SWGCONF1'
const LINGER_MS = 300
const RING = 10_000
const STREAMS = { stdout: STREAM.STDOUT, stderr: STREAM.STDERR, system: STREAM.SYSTEM }

interface Config { argv: string[]; env: Record<string, string>; workdir: string; user: string; volumes: string[] }
/** What a snapshot must hold for the guest to go on. */
export interface GuestMemory { config: Config | null; state: number; lines: LogLine[]; lastSeq: number }

export interface GuestMachine { bootArguments: string; drives: readonly DriveConfig[]; console: string | null; powerOff: () => void }

export class DoubleGuest {
  readonly #machine: GuestMachine
  readonly #commands: GuestCommands
  #config: Config | null = null
  #state: number = STATE.NO_CONFIG
  #env: Record<string, string> = {}
  #vm: Vm | null = null
  #lines: LogLine[] = []
  #lastSeq = 0
  #exit: VmExit | null = null
  #session = 0
  #socket: Socket | null = null
  #waiting: Socket[] = []
  #paused = false
  /** Init listens once it has looked around. */
  #listens = false
  #held: (() => void)[] = []

  constructor(machine: GuestMachine) {
    this.#machine = machine
    this.#commands = new GuestCommands((type, payload) => this.#send(type, payload))
  }

  /** As init does: everything the command line says must be so, or the kernel panics. */
  boot(): void {
    const { bootArguments } = this.#machine
    const disks = /shellwego_disks=(\S+)/.exec(bootArguments)?.[1]?.split(',') ?? []
    this.#listens = /\bshellwego_channel=vsock\b/.test(bootArguments) && !/\bdouble_hang\b/.test(bootArguments)
    if (disks.length === 0) return
    const at = disks.indexOf('config')
    const drive = this.#machine.drives[at]
    const image = drive && at < this.#machine.drives.length ? readFileSync(`.${drive.path}`) : Buffer.alloc(0)
    if (!image.subarray(0, MAGIC.length).equals(Buffer.from(MAGIC))) return this.#panic('config drive is not readable')
    this.#config = decodeConfig(image)
    this.#state = STATE.WAITING
  }

  memory(): GuestMemory {
    const config = this.#config && { ...this.#config, env: { ...this.#config.env, ...this.#env } }
    return { config, state: this.#state, lines: this.#lines, lastSeq: this.#lastSeq }
  }

  resumeFrom({ config, state, lines, lastSeq }: GuestMemory): void {
    this.#config = config
    this.#listens = true
    this.#state = STATE.WAITING
    this.#lines = lines
    this.#lastSeq = lastSeq
    if (state === STATE.RUNNING) this.#go()
  }

  pause(paused: boolean): void {
    this.#paused = paused
    for (const act of paused ? [] : this.#held.splice(0)) act()
  }

  /** Connections do not outlive a snapshot. */
  hangUp(): void {
    this.#socket?.destroy()
  }

  ctrlAltDel(): void {
    if (this.#vm) void this.#vm.stop(10_000)
    else this.#machine.powerOff()
  }

  /** The end of Firecracker's vsock on the host: `CONNECT port`, `OK port`, then bytes. */
  listen(path: string): void {
    createServer((socket) => {
      let text = ''
      socket.on('error', () => socket.destroy())
      const onData = (bytes: Buffer): void => {
        text += bytes.toString('latin1')
        if (!text.includes('\n')) return
        socket.off('data', onData)
        if (text !== `CONNECT ${CHANNEL_PORT}\n` || !this.#listens) return void socket.destroy()
        socket.write('OK 1073741824\n')
        this.#waiting.push(socket)
        this.#serveNext()
      }
      socket.on('data', onData)
    }).listen(path)
  }

  #serveNext(): void {
    if (this.#socket) return
    const socket = this.#waiting.shift()
    if (!socket) return
    const reader = new FrameReader()
    this.#socket = socket
    const leave = (): void => {
      if (this.#socket === socket) this.#socket = null
      this.#serveNext()
    }
    if (socket.destroyed) return leave()
    socket.once('close', leave)
    socket.on('data', (bytes: Buffer) => { for (const frame of reader.push(bytes)) this.#whenAwake(() => this.#receive(frame)) })
  }

  #whenAwake(act: () => void): void {
    if (this.#paused) this.#held.push(act)
    else act()
  }

  #send(type: number, payload?: Buffer): void {
    this.#whenAwake(() => this.#socket?.write(encodeFrame(type, payload)))
  }

  #receive({ type, payload }: Frame): void {
    if (type === MSG.HELLO) this.#greet(payload)
    else if (type === MSG.SECRETS && this.#state === STATE.WAITING) Object.assign(this.#env, assignments(payload))
    else if (type === MSG.GO && this.#state === STATE.WAITING) this.#go()
    else if (type === MSG.LOG_ACK) this.#acked(Number(payload.readBigUInt64LE(0)))
    else if (type === MSG.EXIT_ACK) setTimeout(() => this.#powerOff(), LINGER_MS)
    else if (type === MSG.FLUSH) this.#send(MSG.FLUSHED, payload.subarray(0, 4))
    else if (type === MSG.STOP) void this.#vm?.stop(payload.readUInt32LE(0))
    else if (type === MSG.STATS) this.#send(MSG.STATS_REPLY, Buffer.concat([payload.subarray(0, 4), u64(131_072), u64(65_536), u64(1000)]))
    else if (this.#vm && payload.length >= 4) this.#commands.receive(this.#vm, type, payload)
  }

  #greet(payload: Buffer): void {
    const session = payload.readUInt32LE(0)
    this.#acked(Number(payload.readBigUInt64LE(12)))
    this.#send(MSG.HELLO_ACK, Buffer.concat([u32(session), Buffer.from([this.#state])]))
    if (session === this.#session) return
    this.#session = session
    if (this.#lines.length > 0) this.#send(MSG.LOGS, encodeLines(this.#lines))
    this.#report()
  }

  #go(): void {
    const config = this.#config
    if (config === null) return
    const process = { ...config, stopSignal: 'SIGTERM' }
    const base = this.#lastSeq
    const machine = new FakeMachine({ id: '', startId: '', pid: 0, pidStart: '', bootId: '' }, { process, memoryMib: 128 } as unknown as VmSpec, this.#env, RING)
    this.#vm = machine.connect({
      onStarted: () => {
        this.#state = STATE.RUNNING
        this.#send(MSG.STARTED)
      },
      onLog: (lines) => this.#log(lines.map((line) => ({ ...line, seq: line.seq + base }))),
      onExit: (exit) => {
        this.#exit = exit
        this.#state = STATE.EXITED
        this.#report()
      },
    })
    machine.run(config.argv[0] ?? '', programsAt(base))
  }

  #log(lines: LogLine[]): void {
    this.#lines.push(...lines)
    this.#lastSeq = lines.at(-1)?.seq ?? this.#lastSeq
    this.#send(MSG.LOGS, encodeLines(lines))
  }

  #acked(seq: number): void {
    this.#lines = this.#lines.filter((line) => line.seq > seq)
  }

  #report(): void {
    if (this.#exit?.kind !== 'process') return
    const bytes = Buffer.alloc(9)
    bytes.writeInt32LE(this.#exit.code ?? -1, 0)
    bytes.writeInt32LE(this.#exit.signal ?? -1, 4)
    this.#send(MSG.EXIT, bytes)
  }

  #powerOff(): void {
    if (this.#exit?.kind === 'process') this.#print(`shellwego-init: exit code=${this.#exit.code ?? -1} signal=${this.#exit.signal ?? -1} oom=0`)
    this.#machine.powerOff()
  }

  #panic(text: string): void {
    this.#print(`shellwego-init: ${text}\nKernel panic - not syncing: Attempted to kill init!`)
    this.#machine.powerOff()
  }

  #print(text: string): void {
    if (this.#machine.console !== null) appendFileSync(`.${this.#machine.console}`, `${text}\n`)
  }
}

function encodeLines(lines: readonly LogLine[]): Buffer {
  return Buffer.concat(lines.map(({ seq, atMs, stream, line }) => {
    const text = Buffer.from(line)
    return Buffer.concat([u64(seq), u64(atMs), Buffer.from([STREAMS[stream]]), u32(text.length), text])
  }))
}

const assignments = (payload: Buffer): Record<string, string> =>
  Object.fromEntries(payload.toString('utf8').split('\0').filter((text) => text !== '').map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]))

function decodeConfig(image: Buffer): Config {
  const start = MAGIC.length + 4
  const parts = image.toString('utf8', start, start + image.readUInt32LE(MAGIC.length)).split('\0')
  const config: Config = { argv: [], env: {}, workdir: '/', user: '', volumes: [] }
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [key, value = ''] = [parts[at], parts[at + 1]]
    if (key === 'arg') config.argv.push(value)
    if (key === 'env') Object.assign(config.env, assignments(Buffer.from(value)))
    if (key === 'workdir') config.workdir = value
    if (key === 'user') config.user = value
    if (key === 'volume') config.volumes.push(value)
  }
  return config
}

export const writeJson = (path: string, value: unknown): void => writeFileSync(`.${path}`, JSON.stringify(value), { mode: 0o600 })
