import { expect, test } from 'vitest'
import { Price, type PriceInput } from '../../../../../server/contract/billing-preview.ts'
import { emptyPrice, toDraft, toPrice } from './price-draft.ts'

test.each<PriceInput>([
  { model: 'flat', unit_amount: '3000' },
  { model: 'per_unit', unit_amount: '0.5', minimum: '1', maximum: '9' },
  { model: 'graduated', tiers: [{ up_to: '10', unit_amount: '0', flat_amount: '0' }, { up_to: null, unit_amount: '2', flat_amount: '1' }] },
  { model: 'volume', tiers: [{ up_to: null, unit_amount: '2', flat_amount: '0' }] },
  { model: 'package', unit_amount: '1', package_size: '100', free_units: '5' },
  { model: 'percentage', rate: '0.015', fixed_amount: '0.10', free_events: '3' },
])('what is shown for $model is what is sent again', (price) => {
  expect(toPrice(toDraft(price))).toEqual(price)
  expect(Price.safeParse(toPrice(toDraft(price))).success).toBe(true)
})

test('the last tier is open, though it had a bound before', () => {
  const tier = { unit_amount: '1', flat_amount: '' }
  expect(toPrice({ ...emptyPrice, model: 'graduated', tiers: [{ ...tier, up_to: '5' }, { ...tier, up_to: '10' }] })).toEqual({
    model: 'graduated', tiers: [{ up_to: '5', unit_amount: '1', flat_amount: '0' }, { up_to: null, unit_amount: '1', flat_amount: '0' }] })
})
