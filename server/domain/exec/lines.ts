import { FRAME, frame, Here, json, readFrame, readJson, type Bytes } from '../../contract/session-wire.ts'
import { randomText } from '../../core/id.ts'
import type { LiveSession } from './live-session.ts'

/** The open connection of one agent, over which its sessions travel. */
interface Line { send(message: Bytes): void; close(): void }

/** Names this run of the portal: agents end the sessions of another. */
const RUN = randomText(16)
const lines = new Map<string, Line>()
const sessions = new Map<string, LiveSession>()

export const lineOf = (nodeId: string): Pick<Line, 'send'> | undefined => lines.get(nodeId)
export const sessionById = (id: string): LiveSession | undefined => sessions.get(id)
export const allSessions = (): LiveSession[] => [...sessions.values()]
export const keepSession = (session: LiveSession): void => { sessions.set(session.facts.id, session) }
export const forgetSession = (session: LiveSession): void => { sessions.delete(session.facts.id) }

/** An agent dialled in; it takes the place of its earlier line. */
export const connectLine = (nodeId: string, line: Line): { receive(message: Uint8Array): void; closed(): void } => {
  lines.get(nodeId)?.close()
  lines.set(nodeId, line)
  line.send(frame(FRAME.HELLO, 0, json({ run: RUN })))
  return {
    receive: (message) => receive(nodeId, message),
    closed: () => {
      if (lines.get(nodeId) !== line) return
      lines.delete(nodeId)
      for (const session of ofNode(nodeId)) if (session.opened) session.lineGone()
    },
  }
}

const ofNode = (nodeId: string): LiveSession[] => allSessions().filter(({ facts }) => facts.nodeId === nodeId)

const receive = (nodeId: string, message: Uint8Array): void => {
  const got = readFrame(message)
  if (!got) return
  if (got.type === FRAME.HERE) return here(nodeId, got.payload)
  // A channel belongs to the node it was opened on: no node speaks for another.
  ofNode(nodeId).find(({ channel }) => channel === got.channel)?.fromAgent(got)
}

/** What the agent still has goes on; what it lost when it was restarted is over; what never reached it begins. */
const here = (nodeId: string, payload: Uint8Array): void => {
  const known = new Map((readJson(Here, payload)?.sessions ?? []).map(({ channel, input }) => [channel, input]))
  for (const session of ofNode(nodeId)) {
    const input = known.get(session.channel)
    known.delete(session.channel)
    if (session.ended) continue
    if (input !== undefined) session.lineBack(input)
    else if (session.opened) session.end('agent_restarted')
    else session.open()
  }
  for (const channel of known.keys()) lines.get(nodeId)?.send(frame(FRAME.HANGUP, channel))
}
