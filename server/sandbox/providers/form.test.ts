import { expect, test } from 'vitest'
import { parseForm, withLists } from './form.ts'

const parse = (text: string) => withLists(parseForm(text))

test('brackets nest, numbered keys make lists', () => {
  expect(parse('a=1&b[c]=2&d[0][e]=3&d[1][e]=4&expand[]=x&expand[]=y')).toEqual({ a: '1', b: { c: '2' }, d: [{ e: '3' }, { e: '4' }], expand: ['x', 'y'] })
})

test('keys of the prototype are data only', () => {
  parse('__proto__[polluted]=1&constructor[prototype][polluted]=1')
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
})
