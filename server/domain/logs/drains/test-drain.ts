import { z } from 'zod'
import type { LogDrain } from '../../../../prisma/generated/client.ts'
import { DrainTest } from '../../../contract/log-drain.ts'
import type { CompositeOperation } from '../../../core/composite.ts'
import { call, command } from '../../../core/operation.ts'
import { runtime } from '../../../core/runtime.ts'
import { DrainId, loadDrain } from './operations.ts'
import { sendBatch } from './send.ts'

const Common = { scope: 'org', permission: 'webhooks:write', input: DrainId } as const

const beginTest = command({
  ...Common, name: 'log_drains.begin_test', summary: 'Notes that a drain is tried out', output: z.custom<LogDrain>(),
  run: async (ctx, { drain_id: id }) => {
    const drain = await loadDrain(ctx, id)
    await ctx.emit('log_drain.tested', { type: 'log_drain', id }, {})
    return drain
  },
})

/** The address is asked outside any transaction; how far the drain came does not change. */
export const testDrain: CompositeOperation<typeof DrainId, typeof DrainTest> = {
  kind: 'composite', name: 'log_drains.test', summary: 'Send one line now and say what came of it', ...Common, output: DrainTest,
  rest: { method: 'POST', path: '/log-drains/{drain_id}/test', tag: 'Log drains' },
  handle: async (meta, raw) => {
    const drain = await call(beginTest, meta, raw)
    const line = {
      id: '0', at: runtime().clock.now().toISOString(), instance_id: 'test', stream: 'system' as const, level: 'info' as const, line: `A test of the log drain ${drain.name}.`,
    }
    const { ok, status, error, detail, durationMs } = await sendBatch(drain, { orgId: drain.orgId, app: { id: drain.appId ?? 'test', name: 'test' }, lines: [line] })
    return DrainTest.parse({ ok, status, error, detail, duration_ms: durationMs })
  },
}
