import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseEnvFile, parsePair } from './env-file.ts'

test('comments, exports, quotes and values over several lines are read as shells write them', () => {
  const file = [
    '\ufeff# a comment', '', 'PLAIN=one two # said', 'export EXPORTED=yes', 'EMPTY=', 'EQUALS=a=b=c', 'SINGLE=\'$HOME \\n # kept\'',
    'DOUBLE="line\\nnext \\"quoted\\" \\$HOME" # gone', 'KEY="-----BEGIN', 'abc=', '-----END"', 'HASH=a#b', 'LAST=\'x\'',
  ].join('\r\n')
  expect(parseEnvFile(file)).toEqual({
    PLAIN: 'one two', EXPORTED: 'yes', EMPTY: '', EQUALS: 'a=b=c', SINGLE: '$HOME \\n # kept', DOUBLE: 'line\nnext "quoted" $HOME',
    KEY: '-----BEGIN\nabc=\n-----END', HASH: 'a#b', LAST: 'x',
  })
})

test('what is no variable is a fault with its line', () => {
  expect(() => parseEnvFile('A=1\nnonsense')).toThrow('line 2')
  expect(() => parseEnvFile('1A=1')).toThrow('line 1')
  expect(() => parseEnvFile('A="open\nB=2')).toThrow('line 1: the quote of A does not end')
  expect(() => parsePair('=x', '--env')).toThrow('--env')
})

test('a value in single quotes comes back as it is, and names of objects are only names', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }).filter((value) => !/['\r]/.test(value)), (value) => {
    expect(parseEnvFile(`A='${value}'`)).toEqual({ A: value })
  }))
  expect(Object.entries(parseEnvFile('__proto__=x\nconstructor=y'))).toEqual([['__proto__', 'x'], ['constructor', 'y']])
})
