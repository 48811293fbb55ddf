/** QEMU's control socket: one JSON object per line. */
import { createInterface } from 'node:readline'
import type { Socket } from 'node:net'
import { z } from 'zod'
import { connectSocket } from '../guest/socket.ts'

const messageSchema = z.object({
  id: z.number().optional(),
  return: z.unknown().optional(),
  error: z.object({ desc: z.string() }).optional(),
  event: z.string().optional(),
  data: z.record(z.string(), z.unknown()).optional(),
})

export interface QmpEvent { name: string; data: Record<string, unknown> }
interface Pending { resolve: (value: unknown) => void; reject: (error: Error) => void }

const COMMAND_TIMEOUT_MS = 5000

export class Qmp {
  readonly closed: Promise<void>
  readonly #socket: Socket
  readonly #pending = new Map<number, Pending>()
  readonly #onEvent: (event: QmpEvent) => void
  #nextId = 1

  private constructor(socket: Socket, onEvent: (event: QmpEvent) => void) {
    this.#socket = socket
    this.#onEvent = onEvent
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        for (const { reject } of this.#pending.values()) reject(new Error('QMP closed'))
        this.#pending.clear()
        resolve()
      })
    })
    socket.on('error', () => socket.destroy())
    createInterface({ input: socket }).on('line', (line) => this.#receive(line)).on('error', () => {})
  }

  static async connect(folder: string, onEvent: (event: QmpEvent) => void): Promise<Qmp> {
    const qmp = new Qmp(await connectSocket(folder, 'qmp.sock'), onEvent)
    try {
      await qmp.execute('qmp_capabilities')
      return qmp
    } catch (error) {
      qmp.close()
      throw error
    }
  }

  execute(command: string, args: Record<string, unknown> = {}): Promise<unknown> {
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) return reject(new Error('QMP closed'))
      const timer = setTimeout(() => {
        this.#pending.delete(id)
        reject(new Error(`QMP ${command} timed out`))
      }, COMMAND_TIMEOUT_MS)
      const settle = <T>(then: (value: T) => void) => (value: T): void => {
        clearTimeout(timer)
        then(value)
      }
      this.#pending.set(id, { resolve: settle(resolve), reject: settle(reject) })
      this.#socket.write(`${JSON.stringify({ execute: command, arguments: args, id })}\n`)
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #receive(line: string): void {
    const message = messageSchema.safeParse(parseJson(line)).data
    if (message?.event !== undefined) return this.#onEvent({ name: message.event, data: message.data ?? {} })
    const pending = message?.id === undefined ? undefined : this.#pending.get(message.id)
    if (message?.id === undefined || pending === undefined) return
    this.#pending.delete(message.id)
    if (message.error) pending.reject(new Error(message.error.desc))
    else pending.resolve(message.return)
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
