import { expect, test } from 'vitest'
import { daysIn } from './day-list.ts'

test.each([['-3, 1, 7', [-3, 1, 7]], ['7 1;-3', [-3, 1, 7]], ['', []], ['−2', [-2]], ['one', null], ['1.5', null]])('%j is read as %j', (text, days) => {
  expect(daysIn(text)).toEqual(days)
})
