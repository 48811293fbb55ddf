import type { ServerResponse } from 'node:http'
import { runtime } from '../core/runtime.ts'
import { sendJson } from './http/reply.ts'

const LIMIT_MS = 2_000

const databaseAnswers = async (): Promise<void> => {
  await Promise.race([
    runtime().databases.systemPool.query('SELECT 1'),
    new Promise((_, refuse) => setTimeout(() => refuse(new Error('no answer within 2 s')), LIMIT_MS)),
  ])
}

/** `GET /health`: 200 when every part this process needs answers, else 503 naming the failing one. */
export const handleHealth = async (res: ServerResponse): Promise<void> => {
  const checks: Record<string, string> = {}
  try {
    await databaseAnswers()
    checks.database = 'ok'
  } catch (error) {
    checks.database = error instanceof Error ? error.message : 'failed'
  }
  const ok = Object.values(checks).every((c) => c === 'ok')
  sendJson(res, ok ? 200 : 503, { status: ok ? 'ok' : 'failing', checks })
}
