import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { sameSecret } from '../../core/crypto.ts'
import { DomainError, ruleViolated } from '../../core/error.ts'
import { randomText } from '../../core/id.ts'
import { command, query } from '../../core/operation.ts'
import { runtime } from '../../core/runtime.ts'
import { Email, Password, PersonName, User } from '../../contract/user.ts'
import { recordEvent } from '../../core/event.ts'
import { insertUser } from './create-user.ts'
import { startSession } from './sessions.ts'
import { throttle } from './throttle.ts'
import { toUser } from './wire.ts'

const codeFile = (): string => path.join(runtime().env.SHELLWEGO_DATA, 'setup-code')

/** Writes the one-time setup code while no operator exists; makes the operator at once when SHELLWEGO_SETUP asked for it (sandbox only). */
export const prepareSetup = async (platformBrandId: string): Promise<void> => {
  const { databases, env } = runtime()
  await databases.asSystem('identity', async (db) => {
    if (await db.user.findFirst({ where: { staff: true }, select: { id: true } })) return rmSync(codeFile(), { force: true })
    if (env.setup) {
      const user = await insertUser(db, { brandId: platformBrandId, ...env.setup, email: Email.parse(env.setup.email), name: 'Operator', staff: true, verified: true })
      await recordEvent(db, { orgId: null, type: 'operator.created', subject: { type: 'user', id: user.id }, actor: { type: 'job', name: 'setup' }, requestId: null })
    } else if (!existsSync(codeFile())) {
      writeFileSync(codeFile(), `${randomText(5)}-${randomText(5)}`, { mode: 0o600 })
    }
  })
}

export const setupStatus = query({
  name: 'setup.status',
  summary: 'Whether the operator account is still to be made',
  scope: 'public',
  input: z.strictObject({}),
  output: z.object({ required: z.boolean() }),
  run: async (ctx) => ({ required: !(await ctx.db.user.findFirst({ where: { staff: true }, select: { id: true } })) }),
})

export const setupOperator = command({
  name: 'setup.create_operator',
  summary: 'First visit: creates the operator account with the one-time setup code',
  scope: 'public',
  input: z.strictObject({ code: z.string().trim().toLowerCase().max(40), email: Email, password: Password, name: PersonName }),
  output: User,
  rest: { method: 'POST', path: '/setup', status: 201, tag: 'Accounts' },
  run: async (ctx, input) => {
    await throttle('setup', 20, 600)
    await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(81632402)`
    if (await ctx.db.user.findFirst({ where: { staff: true }, select: { id: true } })) throw new DomainError('setup_done', 'The operator account exists already. Sign in with it.')
    if (ctx.brand.parentId) throw new DomainError('not_found', 'Open the platform\'s own address for the setup.')
    const expected = existsSync(codeFile()) ? readFileSync(codeFile(), 'utf8').trim() : null
    if (!expected || !sameSecret(expected, input.code)) throw ruleViolated('/code', 'wrong_code', 'That is not the code that `npm run up` printed.')
    const user = await insertUser(ctx.db, { ...input, brandId: ctx.brand.id, staff: true, verified: true })
    await ctx.emit('operator.created', { type: 'user', id: user.id })
    ctx.meta.cookie.session = (await startSession(ctx.db, user.id, 'web', { ip: ctx.meta.ip, userAgent: ctx.meta.userAgent })).token
    rmSync(codeFile(), { force: true })
    return toUser(user)
  },
})
