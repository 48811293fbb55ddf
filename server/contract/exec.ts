import { z } from 'zod'
import { ARGV_LIMIT_BYTES, EndReason, Size, type EndReason as Reason } from './session-wire.ts'
import { Instant } from './time.ts'

/** Each output of a command that is run by a call; a session has no such limit. */
export const OUTPUT_LIMIT_BYTES = 1 << 20
export const INPUT_LIMIT_BYTES = 256 << 10
export const SESSIONS_PER_INSTANCE = 8

export const ENCODINGS = ['utf-8', 'base64'] as const
const Encoding = z.enum(ENCODINGS)

export const Argv = z.array(z.string().max(ARGV_LIMIT_BYTES)).min(1).max(1_000)
  .describe('Program and arguments as the kernel takes them; no shell reads them. For one, say ["sh", "-c", "..."]')

/** How a command ended: by itself, killed at its timeout, or it never ran. */
export const OUTCOMES = ['exited', 'timed_out', 'not_found', 'not_executable'] as const

export const CommandOutput = z.object({
  text: z.string().describe('As `encoding` says'),
  encoding: Encoding.describe('base64 where the bytes are no UTF-8'),
  truncated: z.boolean().describe('It wrote more than 1 MiB; the rest is left out'),
})
export const CommandResult = z.object({
  session_id: z.string(), instance_id: z.string(),
  outcome: z.enum(OUTCOMES), exit_code: z.number().int().describe('128 + n when a signal n ended it; 127 not found; 126 not executable'),
  stdout: CommandOutput, stderr: CommandOutput, duration_ms: z.number().int(),
})
export type CommandResult = z.infer<typeof CommandResult>

/** Name of the WebSocket subprotocol; the ticket is sent as another one, so that it stands in no address and no log. */
export const TERMINAL_PROTOCOL = 'shellwego.terminal.v1'
export const TICKET_PREFIX = 'ticket.'
/** Codes with which the portal closes: it is over, or another connection took the session. */
export const CLOSE = { ended: 4000, taken: 4001 } as const

export const TerminalSpec = z.strictObject({
  app_id: z.string().max(60),
  instance_id: z.string().max(60).optional().describe('Absent: the newest that runs'),
  command: Argv.optional().describe('Absent: the shell of the image, bash before sh'),
  tty: z.boolean().default(true).describe('false: pipes, with stderr apart and an end of input'),
  size: Size.optional().describe('Of the terminal'),
})

/** Good for one connection within `expires_at`, of a WebSocket to `path` with the subprotocols shellwego.terminal.v1 and ticket.<ticket>. */
export const TerminalTicket = z.object({
  id: z.string(), app_id: z.string(), instance_id: z.string(), ticket: z.string(), expires_at: Instant, path: z.string(),
})
export type TerminalTicket = z.infer<typeof TerminalTicket>

/** A command or terminal somebody ran, as the audit shows it. Arguments are left out: people put secrets there. */
export const ExecSession = z.object({
  id: z.string(), organization_id: z.string(), app_id: z.string(), app_name: z.string(), instance_id: z.string(), kind: z.enum(['command', 'terminal']),
  program: z.string(), actor_id: z.string(), actor_name: z.string(), ip: z.string().nullable(), user_agent: z.string().nullable(),
  started_at: Instant, ended_at: Instant.nullable(), end_reason: EndReason.nullable(), exit_code: z.number().int().nullable(),
  bytes_in: z.number().int(), bytes_out: z.number().int(),
})
export type ExecSession = z.infer<typeof ExecSession>

/** For people: why it is over, and what can be done. */
export const END_WORDS: Record<Reason, string> = {
  exited: 'It ended.',
  timed_out: 'It was killed at its timeout.',
  not_found: 'There is no such program in the image.',
  not_executable: 'The program cannot be run in this image.',
  instance_stopped: 'The instance stopped.',
  guest_misbehaved: 'The instance sent what it should not. Replace it if this comes again.',
  too_many: 'Too many commands run in this instance. End one, or take another instance.',
  agent_restarted: 'The agent of the node was restarted, and commands ended with it.',
  node_unreachable: 'The node cannot be reached at the moment. Try again, or take another instance.',
  idle: 'Nothing happened for 30 minutes.',
  too_long: 'It was open for 4 hours.',
  closed: 'It was closed.',
  lost: 'The connection was lost for more than a minute.',
  revoked: 'The right to it was taken away, or the sign-in behind it ended.',
  portal_restarted: 'The portal was restarted.',
}
