import { expect, test } from 'vitest'
import { PROBLEMS, type ProblemCode } from '../server/contract/problem.ts'
import { CommandFailure, EXIT, exitCodeOf, explain, Interrupted, problemOf, UsageError } from './exit.ts'
import { ApiError, ConnectionError } from './sdk/index.ts'

const refusal = (code: string, status: number, more: object = {}) =>
  new ApiError({ type: 'about:blank', title: 'Title', status, detail: 'Detail.', code, ...more })
const exitOf = (code: ProblemCode): number => exitCodeOf(refusal(code, PROBLEMS[code][0]))

test('each kind of refusal has its exit code', () => {
  const expected = {
    invalid_request: 2, rule_violated: 2, unauthenticated: 3, forbidden: 3, mfa_required: 3, access_denied: 3, not_found: 4, name_taken: 5, state_conflict: 5,
    precondition_failed: 5, precondition_required: 5, quota_exceeded: 6, no_capacity: 6, payment_required: 6, expired_token: 7,
    rate_limited: 1, internal: 1, unavailable: 1,
  } as const
  expect(Object.fromEntries(Object.keys(expected).map((code) => [code, exitOf(code as ProblemCode)]))).toEqual(expected)
})

test('no code of the API is taken for success', () => {
  for (const code of Object.keys(PROBLEMS) as ProblemCode[]) expect([code, exitOf(code) > 0 && exitOf(code) <= 7]).toEqual([code, true])
})

test('faults of our own have codes, too', () => {
  const faults = [new UsageError('x'), new Interrupted('x'), new CommandFailure(EXIT.timeout, 'timeout', 'x'), new ConnectionError('https://a', new Error('ECONNREFUSED')), new Error('x')]
  expect(faults.map(exitCodeOf)).toEqual([2, 130, 7, 1, 1])
  expect(faults.map((fault) => problemOf(fault).code)).toEqual(['usage', 'interrupted', 'timeout', 'no_answer', 'failed'])
})

test('an error names each field, what to do and the request', () => {
  const error = refusal('invalid_request', 400, { request_id: 'req_1', errors: [{ pointer: '/env/A', code: 'x', message: 'Too long.' }, { pointer: '', code: 'y', message: 'Empty.' }] })
  expect(explain(error)).toBe('Title\n  env.A: Too long.\n  request: Empty.\n(invalid_request, request req_1)')
  expect(explain(refusal('unauthenticated', 401))).toContain('shellwego auth login')
})
