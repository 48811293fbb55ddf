import { z } from 'zod'
import { Argv, CommandResult, ENCODINGS, INPUT_LIMIT_BYTES, OUTCOMES } from '../../contract/exec.ts'
import type { Ended } from '../../contract/session-wire.ts'
import type { CompositeOperation } from '../../core/composite.ts'
import { DomainError, ruleViolated } from '../../core/error.ts'
import { call, command } from '../../core/operation.ts'
import { beginSession, refuseLongCommand } from './begin-session.ts'
import { collectOutput } from './collect-output.ts'
import { sessionById } from './lines.ts'

const Input = z.strictObject({
  app_id: z.string().max(60),
  command: Argv,
  instance_id: z.string().max(60).optional().describe('Absent: the newest that runs'),
  stdin: z.string().max(2 * INPUT_LIMIT_BYTES).optional().describe('Given to the command, then its input ends'),
  stdin_encoding: z.enum(ENCODINGS).default('utf-8'),
  timeout_s: z.number().int().min(1).max(300).default(30).describe('It is killed after this'),
})

const inputOf = ({ stdin = '', stdin_encoding: encoding }: Pick<z.output<typeof Input>, 'stdin' | 'stdin_encoding'>): Buffer => {
  const bytes = Buffer.from(stdin, encoding)
  if (encoding === 'base64' && bytes.toString('base64').replaceAll('=', '') !== stdin.replaceAll('=', '')) throw ruleViolated('/stdin', 'invalid_base64', 'Send base64, or stdin_encoding utf-8.')
  if (bytes.length > INPUT_LIMIT_BYTES) throw ruleViolated('/stdin', 'too_large', `At most ${INPUT_LIMIT_BYTES} bytes of input; \`shellwego exec\` streams any length.`)
  return bytes
}

const beginCommand = command({
  name: 'apps.begin_exec', summary: 'Record that a command begins', scope: 'org', permission: 'apps:exec', hidden: true, input: Input,
  output: z.object({ session_id: z.string(), instance_id: z.string() }),
  run: async (ctx, input) => {
    refuseLongCommand('/command', input.command)
    inputOf(input)
    const { facts } = await beginSession(ctx, {
      appId: input.app_id, instanceId: input.instance_id, kind: 'command',
      request: { commands: [input.command], env: {}, terminal: null, timeout_ms: input.timeout_s * 1_000 },
    })
    return { session_id: facts.id, instance_id: facts.instanceId }
  },
})

/** Reasons that are no fault of the command are the caller's to try again. */
const outcomeOf = ({ reason, code }: Ended): Pick<CommandResult, 'outcome' | 'exit_code'> => {
  const outcome = OUTCOMES.find((one) => one === reason)
  if (outcome && code !== null) return { outcome, exit_code: code }
  if (reason === 'instance_stopped') throw new DomainError('instance_stopped', 'The instance stopped before the command ended. Start the app and try again.')
  if (reason === 'too_many') throw new DomainError('too_many_sessions', 'Too many commands run in this instance. End one, or name another instance.')
  if (reason === 'node_unreachable') throw new DomainError('unavailable', 'The node of this instance cannot be reached at the moment. Try again, or name another instance.')
  throw new DomainError('unavailable', `The command was cut off: ${reason}. Whether it did its work is not known.`)
}

export const runCommand: CompositeOperation<typeof Input, typeof CommandResult> = {
  kind: 'composite', name: 'apps.exec', summary: 'Run a command in an instance of an app and wait for its end', scope: 'org', permission: 'apps:exec', hidden: true,
  input: Input, output: CommandResult, rest: { method: 'POST', path: '/apps/{app_id}/exec', tag: 'Apps' },
  handle: async (meta, raw) => {
    const began = Date.now()
    // A replay would answer a session that is long over.
    const { session_id: id, instance_id: instance } = await call(beginCommand, { ...meta, idempotencyKey: null }, raw)
    const session = sessionById(id)
    if (!session) throw new DomainError('unavailable', 'The portal was restarted. Try again.')
    const { organization_id: _organization, ...given } = raw as Record<string, unknown>
    const { ended, stdout, stderr } = await collectOutput(session, inputOf(Input.parse(given)))
    return { session_id: id, instance_id: instance, ...outcomeOf(ended), stdout, stderr, duration_ms: Date.now() - began }
  },
}
