import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { as, makeOwner, makeUser } from '../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { setPlainMail } from '../billing/testing/books.ts'
import { listAccounts, resetSecondFactor, startSession } from './index.ts'

withRuntime()
beforeAll(() => { setPlainMail() })
const sql = async (text: string, values: unknown[] = []) => (await runtime().databases.systemPool.query<Record<string, unknown>>(text, values)).rows
const reason = 'Called back on the known number, passport seen'

const withFactors = async () => {
  const owner = await makeOwner()
  const { userId } = owner.actor
  await sql('INSERT INTO totp_factor (user_id, secret, confirmed_at) VALUES ($1, \'x\', now())', [userId])
  await sql('INSERT INTO recovery_code (user_id, code_hash) VALUES ($1, gen_random_uuid())', [userId])
  await runtime().databases.asSystem('identity', (db) => startSession(db, userId, 'web', { ip: null, userAgent: 'x' }))
  return { owner, userId, orgId: owner.organization.id }
}
const operator = async (mfa = true) => {
  const staff = await makeUser({ staff: true })
  return as({ ...staff.actor, mfa }, staff.brand)
}
const left = (userId: string) => sql(`SELECT (SELECT count(*)::int FROM totp_factor WHERE user_id = $1) + (SELECT count(*)::int FROM recovery_code WHERE user_id = $1)
  + (SELECT count(*)::int FROM passkey WHERE user_id = $1) AS factors, (SELECT count(*)::int FROM session WHERE user_id = $1) AS sessions`, [userId])

test('an operator takes away a lost second factor: every factor and session goes; the person and their organizations are told, with name and reason', async () => {
  const { owner, userId, orgId } = await withFactors()
  const staff = await operator()
  const [row] = (await staff.call(listAccounts, { filter: { email: owner.actor.email } })).data
  expect(row).toMatchObject({ id: userId, totp: true, recovery_codes: 1, organizations: 1 })
  expect(await staff.call(resetSecondFactor, { user_id: userId, reason })).toEqual({ ok: true, ended_sessions: 1 })
  expect(await left(userId)).toEqual([{ factors: 0, sessions: 0 }])
  expect(await sql('SELECT 1 FROM password WHERE user_id = $1', [userId])).toHaveLength(1)
  expect(await sql('SELECT data->>\'reason\' AS reason, data->>\'operator\' IS NOT NULL AS named FROM event WHERE org_id = $1 AND type = \'member.second_factor_reset\'', [orgId]))
    .toEqual([{ reason, named: true }])
  await drainJobs()
  const [mail] = await sql('SELECT text FROM mail WHERE "to" = $1 AND text LIKE \'%second_factor_reset%\'', [owner.actor.email])
  expect(mail?.text).toContain('/account/security')
})

test('not for oneself, not without an own second factor or a fresh proof, not by a customer, and not where there is none', async () => {
  const { owner, userId } = await withFactors()
  const staff = await operator()
  const given = { user_id: userId, reason }
  await expect((await operator(false)).call(resetSecondFactor, given)).rejects.toMatchObject({ code: 'mfa_required' })
  await expect(owner.call(resetSecondFactor, given)).rejects.toMatchObject({ code: 'forbidden' })
  if (staff.actor.type !== 'user') throw new Error('not a person')
  await expect(as({ ...staff.actor, provenAt: new Date(0) }, staff.brand).call(resetSecondFactor, given)).rejects.toMatchObject({ code: 'reauthentication_required' })
  await expect(staff.call(resetSecondFactor, { user_id: staff.actor.userId, reason })).rejects.toMatchObject({ code: 'rule_violated' })
  await expect(staff.call(resetSecondFactor, { user_id: userId, reason: 'lost it' })).rejects.toMatchObject({ code: 'invalid_request' })
  await expect(staff.call(resetSecondFactor, { user_id: (await makeUser()).actor.userId, reason })).rejects.toMatchObject({ code: 'state_conflict' })
  expect(await left(userId)).toEqual([{ factors: 2, sessions: 1 }])
})
