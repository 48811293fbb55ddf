import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { as, brandContext } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { actorOfToken, prepareSetup, setupOperator, setupStatus } from './index.ts'

withRuntime()
const OPERATOR = { email: 'operator@example.com', password: 'a long password', name: 'Operator' }
const codeFile = (): string => path.join(runtime().env.SHELLWEGO_DATA, 'setup-code')
const staffCount = async (): Promise<number> => Number((await runtime().databases.systemPool.query<{ n: string }>('SELECT count(*) AS n FROM "user" WHERE staff')).rows[0]?.n)

test('the code from the data folder makes one operator, once', async () => {
  const brand = await brandContext()
  const visitor = as({ type: 'anonymous' }, brand)
  await prepareSetup(brand.id)
  expect(statSync(codeFile()).mode & 0o777).toBe(0o600)
  const code = readFileSync(codeFile(), 'utf8')
  await prepareSetup(brand.id)
  expect(readFileSync(codeFile(), 'utf8')).toBe(code)
  expect(await visitor.call(setupStatus, {})).toEqual({ required: true })
  await expect(visitor.call(setupOperator, { ...OPERATOR, code: 'wrong-code' })).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/code' }] })
  expect(await staffCount()).toBe(0)
  const cookie: { session?: string | null } = {}
  const together = await Promise.allSettled([1, 2, 3].map((n) => visitor.call(setupOperator, { ...OPERATOR, email: `op${n}@example.com`, code: ` ${code.toUpperCase()} ` }, { cookie })))
  expect(together.filter((r) => r.status === 'fulfilled')).toHaveLength(1)
  expect(await actorOfToken(cookie.session ?? '', brand.id)).toMatchObject({ staff: true, verified: true })
  await expect(visitor.call(setupOperator, { ...OPERATOR, code })).rejects.toMatchObject({ code: 'setup_done', status: 409 })
  expect([await staffCount(), existsSync(codeFile()), await visitor.call(setupStatus, {})]).toEqual([1, false, { required: false }])
})

test('SHELLWEGO_SETUP makes the operator at the start, with no code left behind, and no second one', async () => {
  const brand = await brandContext()
  await runtime().databases.systemPool.query('UPDATE "user" SET staff = false')
  runtime().env.setup = { email: 'Boot@Example.com', password: 'a long password' }
  await prepareSetup(brand.id)
  await prepareSetup(brand.id)
  expect(await staffCount()).toBe(1)
  expect(existsSync(codeFile())).toBe(false)
  const { rows } = await runtime().databases.systemPool.query('SELECT email FROM "user" WHERE staff')
  expect(rows).toEqual([{ email: 'boot@example.com' }])
})
