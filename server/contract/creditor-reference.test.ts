import fc from 'fast-check'
import { expect, test } from 'vitest'
import { creditorReference, findCreditorReferences, isCreditorReference, printedReference } from './creditor-reference.ts'

const SIGNS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789']
const body = fc.array(fc.constantFrom(...SIGNS), { minLength: 1, maxLength: 21 }).map((signs) => signs.join(''))
const number = fc.tuple(fc.stringMatching(/^[A-Z]{2,6}$/), fc.integer({ min: 2020, max: 2099 }), fc.integer({ min: 1, max: 999_999 }))
  .map(([prefix, year, serial]) => `${prefix}-${year}-${String(serial).padStart(6, '0')}`)

test.each(['RF18539007547034', 'RF18 5390 0754 7034', 'rf471234567890'])('%s, of the standard and of banks, is valid', (known) => { expect(isCreditorReference(known)).toBe(true) })

test.each(['RF19539007547034', 'RF18539007547043', 'RF18', 'DE89370400440532013000', '', 'RF18 5390 0754 7034 0000 0000 0000 0', 'RF0012345'])(
  '%j is not', (wrong) => { expect(isCreditorReference(wrong)).toBe(false) })

test('a number and its reference belong together', () => {
  expect(creditorReference('539007547034')).toBe('RF18539007547034')
  fc.assert(fc.property(number, number, (a, b) => {
    expect(isCreditorReference(creditorReference(a))).toBe(true)
    expect(creditorReference(a) === creditorReference(b)).toBe(a === b)
    expect(creditorReference(a).length).toBeLessThanOrEqual(25)
  }))
})

test('one sign mistyped, or two neighbours swapped, is noticed', () => {
  fc.assert(fc.property(body, fc.nat(), fc.constantFrom(...SIGNS), (text, at, sign) => {
    const good = creditorReference(text)
    const place = 4 + (at % text.length)
    const typo = good.slice(0, place) + sign + good.slice(place + 1)
    const alike = /^\d\d$|^[A-Z]{2}$/.test(sign + (good[place] ?? ''))
    if (alike && typo !== good) expect(isCreditorReference(typo)).toBe(false)
    const [a = '', b = ''] = good.slice(place, place + 2)
    if (a !== b && b !== '' && /^\d\d$|^[A-Z]{2}$/.test(a + b)) expect(isCreditorReference(good.slice(0, place) + b + a + good.slice(place + 2))).toBe(false)
  }), { numRuns: 1000 })
})

test('it is found in what banks make of it', () => {
  fc.assert(fc.property(number, (of) => {
    const reference = creditorReference(of)
    expect(findCreditorReferences(`NIP TRF/${reference}/ACME LTD`)).toContain(reference)
    expect(findCreditorReferences(`pmt ${printedReference(reference).toLowerCase()}`)).toContain(reference)
    expect(findCreditorReferences(`${reference}; ${reference}`).filter((one) => one === reference)).toHaveLength(1)
  }))
})

test('words behind it do not hide it, and a mistyped one is not guessed at', () => {
  expect(findCreditorReferences('RF18539007547034 THANK YOU').at(-1)).toBe('RF18539007547034')
  expect(findCreditorReferences('RF18539007547035 and no other')).toEqual([])
  expect(findCreditorReferences('nothing here')).toEqual([])
})

test.each(['', '---', 'X'.repeat(22)])('of %j none can be made', (wrong) => { expect(() => creditorReference(wrong)).toThrow(RangeError) })
