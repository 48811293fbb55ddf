import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CatalogManifest } from '../../../contract/manifest.ts'
import { parameterProblems } from './parameters.ts'
import { pointerTo } from './problem.ts'
import { staticSiteManifest } from './static-site.ts'

const manifest = CatalogManifest.parse({
  ...staticSiteManifest,
  parameters: {
    type: 'object', required: ['mail'],
    properties: {
      mail: { type: 'string', title: 'M', format: 'email' }, size: { type: 'integer', title: 'S', minimum: 1, maximum: 9 },
      kind: { type: 'string', title: 'K', enum: ['a', 'b'] }, link: { type: 'string', title: 'L', format: 'uri' },
      on: { type: 'boolean', title: 'O' }, host: { type: 'string', title: 'H', format: 'hostname' }, code: { type: 'string', title: 'C', pattern: '^x' },
      made: { type: 'string', title: 'G', generate: { length: 8 } },
    },
  },
})
const pointers = (params: unknown): string[] => parameterProblems(manifest, params).map((problem) => problem.pointer).sort()

test('a good form has no problems', () => {
  expect(parameterProblems(manifest, { mail: 'a@b.co', size: 3, kind: 'a', link: 'https://x.y/z', on: true, host: 'a.b', code: 'xy' })).toEqual([])
})

test('all faults come at once, each with its pointer', () => {
  expect(pointers({ size: 1.5, kind: 'c', link: 'javascript:alert(1)', on: 'yes', host: 'a b', code: 'y' })).toEqual(['/code', '/host', '/kind', '/link', '/mail', '/on', '/size'])
  expect(parameterProblems(manifest, {})).toEqual([{ pointer: '/mail', code: 'required', message: 'This field is needed.' }])
  expect(pointers('text')).toEqual([''])
  expect(parameterProblems(manifest, { mail: 'a@b.co', size: 0 })[0]?.message).toBe('Write a number of at least 1.')
})

test('unknown fields are refused under any name, with an RFC 6901 pointer', () => {
  expect(pointers({ mail: 'a@b.co', 'a/b~c': 1 })).toEqual(['/a~1b~0c'])
  expect(pointers({ mail: 'a@b.co', constructor: 1 })).toEqual(['/constructor'])
})

test('the rejected value is never repeated', () => {
  expect(JSON.stringify(parameterProblems(manifest, { mail: 'secret-value-1', kind: 'secret-value-2', size: 'secret-value-3' }))).not.toContain('secret-value')
})

test('a pointer leads back to the name it was made from', () => {
  fc.assert(fc.property(fc.array(fc.string(), { minLength: 1 }), (parts) => {
    const back = pointerTo(...parts).slice(1).split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    expect(back).toEqual(parts)
  }))
})
