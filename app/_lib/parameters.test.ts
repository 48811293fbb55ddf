import { expect, test } from 'vitest'
import { defaultsOf, readParameters } from './parameters.ts'
import type { ManifestParameters } from './wire.ts'

const schema: ManifestParameters = {
  type: 'object',
  required: ['title'],
  additionalProperties: false,
  properties: {
    title: { type: 'string', title: 'Title', maxLength: 5 },
    shown: { type: 'integer', title: 'Shown', default: 20, maximum: 50 },
    links: { type: 'boolean', title: 'Links', default: true },
    mode: { type: 'string', title: 'Mode', enum: ['a', 'b'] },
  },
}

test('defaults of the manifest are filled in', () => {
  expect(defaultsOf(schema)).toEqual({ title: '', shown: '20', links: true, mode: '' })
})

test('values come back in the types of the manifest, empty optional ones left out', () => {
  expect(readParameters(schema, { title: 'Hi', shown: '7', links: false, mode: '' }).values).toEqual({
    title: 'Hi',
    shown: 7,
    links: false,
  })
})

test('every fault is named at once', () => {
  const { faults } = readParameters(schema, { title: 'too long', shown: '1.5', links: true, mode: 'c' })
  expect([...faults]).toEqual([
    ['title', 'At most 5 characters.'],
    ['shown', 'Enter a whole number.'],
    ['mode', 'Choose one of the values.'],
  ])
  expect(readParameters(schema, { title: '', shown: '99' }).faults.get('title')).toBe('Fill this in.')
  expect(readParameters(schema, { title: '', shown: '99' }).faults.get('shown')).toBe('At most 50.')
})
