import { expect, test } from 'vitest'
import { minorOf } from './minor.ts'

test('amounts as people write them, never finer than the currency', () => {
  expect([minorOf('12.5', 'USD'), minorOf('-0,07', 'USD'), minorOf('1500', 'UGX'), minorOf('1.234', 'KWD')]).toEqual([1250, -7, 1500, 1234])
  expect([minorOf('1.001', 'USD'), minorOf('1.5', 'UGX'), minorOf('', 'USD'), minorOf('1e3', 'USD'), minorOf('.', 'USD')]).toEqual([null, null, null, null, null])
})
