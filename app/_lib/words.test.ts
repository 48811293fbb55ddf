import { expect, test } from 'vitest'
import { wordsOf } from './words.ts'

test('words are split at spaces; quotes hold together and nothing is expanded', () => {
  expect(wordsOf('  ls -l  /data ')).toEqual(['ls', '-l', '/data'])
  expect(wordsOf(`sh -c 'echo "$HOME" | wc -c' "" a\\ b`)).toEqual(['sh', '-c', 'echo "$HOME" | wc -c', '', 'a b'])
  expect([wordsOf(''), wordsOf('"it\'s"'), wordsOf('a"b"c')]).toEqual([[], ["it's"], ['abc']])
})
