import { expect, test } from 'vitest'
import { createFakeVatChecker } from './fake-tax-authorities.ts'
import { createViesChecker } from './vies-checker.ts'

const answering = (status: number, answer: object) => {
  const asked: unknown[] = []
  const checker = createViesChecker((request) => {
    asked.push(JSON.parse(String(request.body)))
    return Promise.resolve({ status, body: Buffer.from(JSON.stringify(answer)) })
  })
  return { asked, check: () => checker.check('EL', '123456789') }
}

test('the register is asked by country and number, and its reference is kept', async () => {
  const { asked, check } = answering(200, { valid: true, requestIdentifier: 'WAPI1', userError: 'VALID' })
  expect(await check()).toEqual({ valid: true, reference: 'WAPI1' })
  expect(asked).toEqual([{ countryCode: 'EL', vatNumber: '123456789' }])
  expect(await answering(200, { valid: false, requestIdentifier: '', userError: 'INVALID' }).check()).toEqual({ valid: false, reference: null })
})

test('a member state that is away, or any other failure, is no answer', async () => {
  await expect(answering(200, { valid: false, userError: 'MS_UNAVAILABLE' }).check()).rejects.toThrow(/MS_UNAVAILABLE/)
  await expect(answering(200, { valid: false, userError: 'MS_MAX_CONCURRENT_REQ' }).check()).rejects.toThrow(/CONCURRENT/)
  await expect(answering(503, {}).check()).rejects.toThrow(/503/)
  await expect(answering(200, { strange: true }).check()).rejects.toThrow()
})

test('the sandbox register knows, does not know, and is away', async () => {
  const fake = createFakeVatChecker()
  expect(await fake.check('DE', '123456789')).toMatchObject({ valid: true })
  expect(await fake.check('DE', '123456780')).toMatchObject({ valid: false })
  await expect(fake.check('DE', '123456799')).rejects.toThrow(/does not answer/)
})
