import type { z } from 'zod'
import { LogRecord, NODE_API_LIMITS, RegisterRequest, SessionRequest, StatusRequest, UsageRequest } from '../../contract/node-api/v1.ts'
import { StrayRequest } from '../../contract/node-api/stray.ts'
import { recordLogs } from '../../domain/logs/index.ts'
import { recordUsage } from '../../domain/metering/index.ts'
import { describeStrays, NodeFault, openSession, recordStatus, register, type Caller } from '../../domain/nodes/index.ts'
import { parseJson, type BodyRule } from './body.ts'

const MIB = 1 << 20
const json = (maxBytes: number): BodyRule => ({ type: 'application/json', maxBytes, maxUnzippedBytes: 4 * maxBytes })

export interface NodeAnswer { status: number; body: unknown }
export interface NodeRoute { body: BodyRule; forSession?: boolean; run(caller: Caller, text: string, can: readonly string[]): Promise<NodeAnswer> }

const checked = <T>(schema: z.ZodType<T>, value: unknown): T => {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new NodeFault('bad_request', `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'does not fit the schema'}`)
}

const ok = (body: unknown): NodeAnswer => ({ status: 200, body })

/** POST routes of joined nodes, by the part of the path after /node/v1. */
export const NODE_ROUTES: Record<string, NodeRoute> = {
  '/session': {
    body: json(64 << 10), forSession: true,
    run: async (caller, text, can) => ok(await openSession(caller, checked(SessionRequest, parseJson(text)), can)),
  },
  '/status': {
    body: json(2 * MIB),
    run: async (caller, text) => ok(await recordStatus(caller.nodeId, checked(StatusRequest, parseJson(text)))),
  },
  '/strays': {
    body: json(4 * MIB),
    run: async (caller, text) => ok(await describeStrays(caller.nodeId, checked(StrayRequest, parseJson(text)))),
  },
  '/usage': {
    body: json(MIB),
    run: async (caller, text) => ok(await recordUsage(caller.nodeId, checked(UsageRequest, parseJson(text)))),
  },
  '/logs': {
    body: { type: 'application/x-ndjson', maxBytes: NODE_API_LIMITS.logBatchBytes, maxUnzippedBytes: 8 * NODE_API_LIMITS.logBatchBytes },
    run: async (caller, text) => ok(await recordLogs(caller.nodeId, logRecords(text))),
  },
}

const logRecords = (text: string): LogRecord[] =>
  text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [checked(LogRecord, parseJson(line))]))

/** The one route without a credential. */
export const REGISTER_BODY = json(64 << 10)
export const runRegister = async (text: string, can: readonly string[]): Promise<NodeAnswer> => {
  const { created, reply } = await register(checked(RegisterRequest, parseJson(text)), can)
  return { status: created ? 201 : 200, body: reply }
}
