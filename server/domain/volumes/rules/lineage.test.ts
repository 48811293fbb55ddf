import { expect, test } from 'vitest'
import { livingAncestor } from './lineage.ts'

const gone = new Date(0)

test('a snapshot whose parent was deleted descends from the nearest one that is left', () => {
  const of = livingAncestor([
    { id: 'a', parentId: null, deletedAt: null }, { id: 'b', parentId: 'a', deletedAt: gone }, { id: 'c', parentId: 'b', deletedAt: gone }, { id: 'd', parentId: 'c', deletedAt: null },
    { id: 'x', parentId: null, deletedAt: gone },
  ])
  expect([of('c'), of('d'), of('x'), of(null), of('elsewhere')]).toEqual(['a', 'd', null, null, 'elsewhere'])
})
