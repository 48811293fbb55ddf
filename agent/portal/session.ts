/** The node's standing with the portal: joined once, a new session per agent run, a credential renewed at half its life. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { EdgeSettings } from '../../server/contract/node-api/edge.ts'
import { NODE_ABILITIES, RegisterReply, type Facts, type RegisterRequest, type SessionRequest } from '../../server/contract/node-api/v1.ts'
import { fullJitterMs, sleep } from '../runtime/backoff.ts'
import type { Clock } from '../runtime/clock.ts'
import { errorText, type Logger } from '../runtime/log.ts'
import type { SecretBox } from '../state/secret-box.ts'
import { PortalError, type PortalClient } from './client.ts'
import type { NodeKey } from './node-key.ts'

export interface Session { nodeId: string; sessionId: string; heartbeatS: number; pollWaitS: number; fencing?: boolean }

/** `frozen`: the portal no longer accepts this agent; VMs stay, nothing is started or stopped. */
export type Standing = 'connecting' | 'active' | 'frozen'

export interface SessionStore { getMeta(key: string): string | null; setMeta(key: string, value: string): void }

export interface SessionDeps {
  client: PortalClient
  key: NodeKey
  store: SessionStore
  box: SecretBox
  facts: Facts
  version: string
  joinTokenFile: string | null
  clock: Clock
  log: Logger
  onStanding: (standing: Standing) => void
  onEdge?: ((settings: EdgeSettings) => void) | undefined
}

const STORED = 'node'
const USED_TOKEN = 'used_join_token'
const FROZEN_RETRY_MS = 60_000
const CAN = `?can=${NODE_ABILITIES.join()}`

export class PortalSession {
  readonly #deps: SessionDeps
  readonly #stop = new AbortController()
  #session: Session | null = null
  #standing: Standing = 'connecting'
  #waiters: (() => void)[] = []
  #wake: (() => void) | null = null

  constructor(deps: SessionDeps) {
    this.#deps = deps
  }

  current(): Session | null {
    return this.#session
  }

  async ready(): Promise<Session> {
    while (!this.#session) await new Promise<void>((resolve) => this.#waiters.push(resolve))
    return this.#session
  }

  /**
   * A call was refused: decides what that means for the whole agent. `sessionId` is the one the call was made in, where it named one:
   * what was under way while this agent itself opened a newer session tells nothing. Returns how long the caller should wait, in ms.
   */
  refused(error: PortalError, sessionId?: string): number {
    if (error.code === 'superseded_session' && sessionId !== undefined && sessionId !== this.#session?.sessionId) return 0
    switch (error.code) {
      case 'credential_expired':
        // Who was told to stand still does so until it is accepted again.
        this.#drop(this.#standing === 'frozen' ? 'frozen' : 'connecting')
        return 1_000
      case 'revoked':
      case 'node_unknown':
      case 'superseded_session':
      case 'identity_mismatch':
      case 'agent_too_old':
      case 'agent_too_new':
        this.#deps.log.error('the portal does not accept this node', { code: error.code, reason: error.message })
        this.#drop('frozen')
        return FROZEN_RETRY_MS
      default:
        return error.retryAfterMs ?? 0
    }
  }

  async run(): Promise<void> {
    let attempt = 0
    while (!this.#stop.signal.aborted) {
      try {
        const reply = await this.#open()
        attempt = 0
        await this.#hold(reply)
      } catch (error) {
        const floor = error instanceof PortalError ? this.refused(error) : 0
        this.#deps.log.warn('not connected to the portal', { error: errorText(error) })
        await sleep(Math.max(floor, fullJitterMs(attempt, { baseMs: 1_000, maxMs: 30_000 })), this.#stop.signal)
        attempt += 1
      }
    }
  }

  stop(): void {
    this.#stop.abort()
    this.#wake?.()
  }

  /** Until half of the credential's life is over, or a call was refused. */
  async #hold(reply: RegisterReply): Promise<void> {
    const end = new AbortController()
    this.#wake = () => end.abort()
    await sleep(Math.min(reply.credential_ttl_s * 500, 2 ** 31 - 1), end.signal)
    this.#wake = null
    if (this.#standing === 'frozen') await sleep(FROZEN_RETRY_MS, this.#stop.signal)
  }

  #drop(standing: Standing): void {
    this.#session = null
    this.#become(standing)
    this.#wake?.()
  }

  #become(standing: Standing): void {
    if (this.#standing === standing) return
    this.#standing = standing
    this.#deps.onStanding(standing)
  }

  async #open(): Promise<RegisterReply> {
    const stored = this.#stored()
    const token = this.#freshToken()
    if (!stored || (this.#standing === 'frozen' && token)) return this.#register(token)
    this.#deps.client.useCredentials(stored)
    const body: SessionRequest = { boot_id: this.#deps.clock.bootId(), agent_version: this.#deps.version, facts: this.#deps.facts }
    try {
      return this.#accept(await this.#deps.client.post(`/node/v1/session${CAN}`, body, RegisterReply))
    } catch (error) {
      const rejoin = error instanceof PortalError && (error.code === 'credential_expired' || error.code === 'node_unknown') && token
      if (!rejoin) throw error
      return this.#register(token)
    }
  }

  async #register(token: string | null): Promise<RegisterReply> {
    if (!token) throw new PortalError(null, 'This node has not joined yet and SHELLWEGO_JOIN_TOKEN_FILE holds no unused token.')
    const { key, clock, facts, version } = this.#deps
    this.#deps.client.useCredentials(null)
    const body: RegisterRequest = {
      join_token: token, install_id: key.installId, public_key: key.publicKey, boot_id: clock.bootId(), agent_version: version, facts,
    }
    const reply = this.#accept(await this.#deps.client.post(`/node/v1/register${CAN}`, body, RegisterReply))
    this.#deps.store.setMeta(USED_TOKEN, digestOf(token))
    this.#deps.log.info('this node joined', { node: reply.node_id })
    return reply
  }

  #accept(reply: RegisterReply): RegisterReply {
    const { store, box, client } = this.#deps
    const credentials = { nodeId: reply.node_id, credential: reply.credential }
    store.setMeta(STORED, Buffer.from(box.seal(JSON.stringify(credentials), STORED)).toString('base64'))
    client.useCredentials(credentials)
    const { node_id: nodeId, session_id: sessionId, heartbeat_s: heartbeatS, poll_wait_s: pollWaitS, fencing = false } = reply
    this.#session = { nodeId, sessionId, heartbeatS, pollWaitS, fencing }
    this.#become('active')
    for (const waiter of this.#waiters.splice(0)) waiter()
    if (reply.edge) this.#deps.onEdge?.(reply.edge)
    return reply
  }

  #stored(): { nodeId: string; credential: string } | null {
    const sealed = this.#deps.store.getMeta(STORED)
    return sealed ? (JSON.parse(this.#deps.box.open(Buffer.from(sealed, 'base64'), STORED)) as { nodeId: string; credential: string }) : null
  }

  /** A token that was used already joins nothing: an unknown node must not come back by itself. */
  #freshToken(): string | null {
    if (!this.#deps.joinTokenFile) return null
    try {
      const token = readFileSync(this.#deps.joinTokenFile, 'utf8').trim()
      return token && digestOf(token) !== this.#deps.store.getMeta(USED_TOKEN) ? token : null
    } catch {
      return null
    }
  }
}

const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex')
