import { z } from 'zod'
import { TerminalSpec, TerminalTicket } from '../../contract/exec.ts'
import { notFound } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import type { OrgContext } from '../../core/context.ts'
import { beginSession, principalOf, refuseLongCommand } from './begin-session.ts'
import { sessionById } from './lines.ts'
import type { LiveSession } from './live-session.ts'
import { issueTicket } from './tickets.ts'

/** Not the image's word but custom: what is there is run, and without any the terminal says so. */
const SHELLS = [['/bin/bash', '-l'], ['/usr/bin/bash', '-l'], ['/bin/sh', '-l'], ['/bin/ash', '-l'], ['/busybox/sh', '-l']]
const TypicalSize = { columns: 80, rows: 24 }

export const openTerminal = command({
  name: 'terminals.open', summary: 'Open a terminal, or a command with streams, in an instance of an app; the ticket connects to it', scope: 'org', permission: 'apps:exec',
  hidden: true, answersSecret: true, input: TerminalSpec, output: TerminalTicket,
  rest: { method: 'POST', path: '/apps/{app_id}/terminals', status: 201, tag: 'Apps' },
  run: async (ctx, input) => {
    if (input.command) refuseLongCommand('/command', input.command)
    const session = await beginSession(ctx, {
      appId: input.app_id, instanceId: input.instance_id, kind: input.tty ? 'terminal' : 'command',
      request: {
        commands: input.command ? [input.command] : SHELLS, env: input.tty ? { TERM: 'xterm-256color' } : {},
        terminal: input.tty ? input.size ?? TypicalSize : null, timeout_ms: null,
      },
    })
    return issueTicket(session, ctx.meta)
  },
})

const TerminalId = z.strictObject({ terminal_id: z.string().max(60) })

/** The row says that it is ours and of an app we may see; the process, that it is still there. */
const loadTerminal = async (ctx: OrgContext, id: string): Promise<LiveSession> => {
  const row = await ctx.db.execSession.findFirst({ where: { id }, select: { appId: true } })
  const session = row && ctx.may('apps:exec', row.appId) ? sessionById(id) : undefined
  if (!session) throw notFound('terminal')
  return session
}

export const renewTicket = command({
  name: 'terminals.renew_ticket', summary: 'A new ticket to come back to a terminal of one\'s own after the connection was lost', scope: 'org', permission: 'apps:exec',
  hidden: true, answersSecret: true, input: TerminalId, output: TerminalTicket, quiet: 'the session was told of when it began',
  rest: { method: 'POST', path: '/terminals/{terminal_id}/tickets', status: 201, tag: 'Apps' },
  run: async (ctx, { terminal_id: id }) => {
    const session = await loadTerminal(ctx, id)
    if (session.facts.principal !== principalOf(ctx)) throw notFound('terminal')
    return issueTicket(session, ctx.meta)
  },
})

export const closeTerminal = command({
  name: 'terminals.close', summary: 'End a terminal or command that runs, whoever began it', scope: 'org', permission: 'apps:exec', hidden: true,
  input: TerminalId, output: z.object({ ok: z.literal(true) }), quiet: 'the end of the session is told when it has ended',
  rest: { method: 'DELETE', path: '/terminals/{terminal_id}', status: 204, tag: 'Apps' },
  run: async (ctx, { terminal_id: id }) => {
    const session = await loadTerminal(ctx, id)
    session.end('closed')
    return { ok: true as const }
  },
})
