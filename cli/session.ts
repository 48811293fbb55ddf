import { CLOSE, END_WORDS, type TerminalTicket } from '../server/contract/exec.ts'
import { SessionClient } from '../server/contract/session-client.ts'
import type { Ended, Size } from '../server/contract/session-wire.ts'
import type { Context } from './context.ts'
import { CommandFailure, EXIT, Interrupted, RemoteExit } from './exit.ts'
import { ApiError, dataOf, type Client } from './sdk/index.ts'
import { openSocket } from './session-socket.ts'

const RETRY_MS = 500
const PATIENCE_MS = 55_000

export interface Session { client: SessionClient; ended: Promise<Ended> }

const sizeOf = ({ terminal: { stdout } }: Context, tty: boolean): Size | null => (tty ? { columns: stdout.columns || 80, rows: stdout.rows || 24 } : null)

/** Output leaves as fast as whoever reads it takes it; what waits here is never more than the window. */
const startClient = ({ terminal: { stdin, stdout, stderr } }: Context): Session => {
  let settle: (ended: Ended) => void = () => {}
  const ended = new Promise<Ended>((resolve) => { settle = resolve })
  let writing = 0
  let last: Ended | null = null
  const client = new SessionClient({
    onOutput: (stream, bytes, done) => {
      writing += 1
      const target = stream === 'stderr' ? stderr : stdout
      target.write(bytes, () => {
        writing -= 1
        done()
        if (writing === 0 && last) settle(last)
      })
    },
    onEnded: (how) => {
      last = how
      if (writing === 0) settle(how)
    },
    onRoom: () => { stdin.resume() },
  })
  return { client, ended }
}

/** One connection after the other until the session is over; whatever was lost in between is said again. */
const keepConnected = async (context: Context, api: Client, { client }: Session, first: TerminalTicket, tty: boolean): Promise<void> => {
  let ticket = first
  for (let since = Date.now(); !client.ended && Date.now() - since < PATIENCE_MS;) {
    try {
      const address = { url: context.url(), ca: context.settings.ca, ticket, from: client.from, size: sizeOf(context, tty) }
      const { over } = await openSocket(address, client)
      if (ticket !== first) context.print.note('Connected again.')
      const code = await over
      if (code === CLOSE.taken) throw new CommandFailure(EXIT.conflict, 'taken', 'Another connection took this terminal.')
      since = Date.now()
    } catch (error) {
      if (error instanceof CommandFailure) throw error
    }
    if (client.ended) return
    context.print.note('The connection was lost; trying again …')
    await new Promise((resolve) => { setTimeout(resolve, RETRY_MS) })
    ticket = await renewed(api, first)
  }
  if (!client.ended) throw new CommandFailure(EXIT.failed, 'lost', END_WORDS.lost)
}

const renewed = async (api: Client, first: TerminalTicket): Promise<TerminalTicket> => {
  try {
    return await dataOf(api.POST('/v1/terminals/{terminal_id}/tickets', { params: { path: { terminal_id: first.id } }, body: {} }))
  } catch (error) {
    if (error instanceof ApiError && error.status < 500) throw new CommandFailure(EXIT.failed, 'lost', 'The session is over: its end was not heard.')
    return first
  }
}

/** Sends what is typed or piped; returns the function that gives the keyboard back. */
const feed = ({ terminal: { stdin, stdout } }: Context, { client }: Session, tty: boolean): (() => void) => {
  const send = (bytes: Buffer): void => {
    client.write(bytes)
    if (!client.hasRoom) stdin.pause()
  }
  const onData = tty ? withEscape(send, () => client.hangUp()) : send
  const onEnd = (): void => client.endInput()
  const onResize = (): void => client.resize({ columns: stdout.columns, rows: stdout.rows })
  if (!tty && stdin.isTTY) {
    client.endInput()
    return () => {}
  }
  if (tty) stdin.setRawMode(true)
  stdin.on('data', onData)
  if (!tty) stdin.on('end', onEnd)
  if (tty) stdout.on('resize', onResize)
  return () => {
    if (tty) stdin.setRawMode(false)
    stdin.off('data', onData).off('end', onEnd)
    stdout.off('resize', onResize)
    stdin.destroy()
  }
}

/** `~.` at the beginning of a line ends the connection, also where nothing answers any more. */
const withEscape = (send: (bytes: Buffer) => void, leave: () => void): ((bytes: Buffer) => void) => {
  let state: 'line' | 'tilde' | 'text' = 'line'
  return (bytes) => {
    for (const byte of bytes) {
      if (state === 'tilde' && byte === 0x2e) return leave()
      state = byte === 0x0d || byte === 0x0a ? 'line' : state === 'line' && byte === 0x7e ? 'tilde' : 'text'
    }
    send(bytes)
  }
}

/** Runs it to its end. The exit code of the command is the exit code of ours. */
export async function runSession(context: Context, api: Client, ticket: TerminalTicket, tty: boolean): Promise<never> {
  const session = startClient(context)
  const stopFeeding = feed(context, session, tty)
  const interrupt = (): void => session.client.hangUp()
  context.signal.addEventListener('abort', interrupt)
  try {
    const { reason, code } = await Promise.race([
      session.ended,
      keepConnected(context, api, session, ticket, tty).then(() => session.ended),
      aborted(context.signal),
    ])
    if (code !== null) throw new RemoteExit(code)
    throw new CommandFailure(reason === 'instance_stopped' ? EXIT.conflict : EXIT.failed, reason, END_WORDS[reason])
  } finally {
    context.signal.removeEventListener('abort', interrupt)
    stopFeeding()
  }
}

const GRACE_MS = 3_000
const aborted = (signal: AbortSignal): Promise<never> => new Promise((_, reject) => {
  signal.addEventListener('abort', () => { setTimeout(() => reject(new Interrupted('interrupted')), GRACE_MS).unref() })
})
