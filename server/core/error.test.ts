import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { PROBLEMS, Problem, type ProblemCode } from '../contract/problem.ts'
import { DomainError, fromZod, toProblem } from './error.ts'

const faultsOf = (schema: z.ZodType, value: unknown): DomainError => {
  const parsed = schema.safeParse(value)
  if (parsed.success) throw new Error('the value fits')
  return fromZod(parsed.error)
}

const Order = z.strictObject({ items: z.array(z.strictObject({ count: z.number() })), password: z.string().min(10) })

test('every fault is named at once by its pointer', () => {
  const error = faultsOf(Order, { items: [{ count: 1 }, { count: 'two', extra: 1 }], password: 'short', surplus: true })
  expect(error.code).toBe('invalid_request')
  expect(error.errors.map((e) => [e.pointer, e.code]).sort()).toEqual([
    ['/items/1/count', 'invalid_type'], ['/items/1/extra', 'unknown_field'], ['/password', 'too_small'], ['/surplus', 'unknown_field'],
  ])
})

test('a pointer leads back to its field whatever the name holds', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('~', '/', '0', '1', 'a', ' ', '"'), minLength: 1 }), (name) => {
    const [fault] = faultsOf(z.strictObject({}), { [name]: 1 }).errors
    const unescaped = fault?.pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~')
    expect(unescaped).toBe(name)
  }))
})

test('the rejected value is never repeated', () => {
  const error = faultsOf(Order, { items: 'items-value', password: 'hunter2' })
  expect(JSON.stringify(toProblem(error, 'req_1'))).not.toMatch(/hunter2|items-value/)
})

test('an unknown fault says nothing of itself but the request id', () => {
  const problem = toProblem(new Error('relation "secret_table" does not exist'), 'req_7', '/v1/apps')
  expect(problem).toMatchObject({ status: 500, code: 'internal', request_id: 'req_7', instance: '/v1/apps' })
  expect(JSON.stringify(problem)).not.toContain('secret_table')
})

test('a schema fault in our own answer is our fault, not the caller\'s', () => {
  const parsed = z.object({ a: z.string() }).safeParse({ a: 1 })
  expect(toProblem(parsed.error, 'req_1').status).toBe(500)
})

test('every code makes a problem document of its own status', () => {
  for (const code of Object.keys(PROBLEMS) as ProblemCode[]) {
    const problem = toProblem(new DomainError(code, 'why'), 'req_1')
    expect(Problem.parse(problem)).toMatchObject({ code, status: PROBLEMS[code][0], title: PROBLEMS[code][1], detail: 'why' })
  }
})
