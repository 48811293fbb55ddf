/** The sessions of this node, by the channel the portal gave each. */
import { FRAME, frame, Hello, json, OpenRequest, readFrame, readJson, WakeRequest, type Bytes, type Frame } from '../../server/contract/session-wire.ts'
import type { Vm } from '../drivers/vmm.ts'
import { AgentSession } from './agent-session.ts'

export class SessionTable {
  readonly #vmOf: (instanceId: string) => Promise<Vm | null> | Vm | null
  readonly #sessions = new Map<number, AgentSession>()
  #send: (message: Bytes) => void = () => {}
  #run: string | null = null

  /** `vmOf` wakes an instance that sleeps. */
  constructor(vmOf: (instanceId: string) => Promise<Vm | null> | Vm | null) {
    this.#vmOf = vmOf
  }

  get size(): number { return this.#sessions.size }

  /** Where messages go from now on; null while the line is broken. */
  connect(send: ((message: Bytes) => void) | null): void {
    this.#send = send ?? (() => {})
  }

  receive(message: Uint8Array): void {
    const got = readFrame(message)
    if (!got) return
    if (got.type === FRAME.HELLO) this.#hello(got)
    else if (got.type === FRAME.OPEN) this.#open(got)
    else if (got.type === FRAME.WAKE) this.#wake(got)
    else if (got.type === FRAME.HANGUP) this.#close(got.channel)
    else this.#sessions.get(got.channel)?.receive(got)
  }

  closeAll(): void {
    for (const channel of [...this.#sessions.keys()]) this.#close(channel)
  }

  /** Another run of the portal knows nothing of the sessions of the one before. */
  #hello({ payload }: Frame): void {
    const hello = readJson(Hello, payload)
    if (!hello) return
    if (this.#run !== hello.run) this.closeAll()
    this.#run = hello.run
    this.#send(frame(FRAME.HERE, 0, json({ sessions: [...this.#sessions.values()].map(({ channel, input }) => ({ channel, input })) })))
  }

  #wake({ payload }: Frame): void {
    const request = readJson(WakeRequest, payload)
    if (request) void this.#vmOf(request.instance_id)
  }

  #open({ channel, payload }: Frame): void {
    if (this.#sessions.has(channel)) return
    const request = readJson(OpenRequest, payload)
    if (!request) return this.#send(frame(FRAME.ENDED, channel, json({ reason: 'not_executable', code: null })))
    const session = new AgentSession(channel, request, (message) => this.#send(message))
    this.#sessions.set(channel, session)
    void Promise.resolve(this.#vmOf(request.instance_id)).then((vm) => session.start(vm))
  }

  /** The portal's last word about a channel, whether it has ended or not. */
  #close(channel: number): void {
    this.#sessions.get(channel)?.hangUp()
    this.#sessions.delete(channel)
  }
}
