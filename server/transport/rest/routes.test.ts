import { expect, test } from 'vitest'
import { z } from 'zod'
import type { AnyOperation, RestRoute } from '../../core/operation.ts'
import { compileRoutes } from './routes.ts'

const operation = (name: string, method: RestRoute['method'], path: string): AnyOperation => ({
  kind: 'query', name, summary: name, scope: 'public', input: z.object({}), output: z.object({}), rest: { method, path, tag: 'T' }, run: () => Promise.resolve({}),
})
const table = compileRoutes([
  operation('list', 'GET', '/apps'), operation('create', 'POST', '/apps'), operation('get', 'GET', '/apps/{app_id}'), operation('mine', 'GET', '/apps/mine'),
  operation('part', 'GET', '/apps/{app_id}/parts/{part_id}'),
])
const found = (method: string, path: string): unknown => {
  const match = table.match(method, path)
  return match && 'operation' in match ? [match.operation.name, match.params] : match
}

test('a route is found by method and path, its parameters decoded', () => {
  expect(found('GET', '/apps')).toEqual(['list', {}])
  expect(found('POST', '/apps')).toEqual(['create', {}])
  expect(found('GET', '/apps/a%20b/parts/%C3%A9')).toEqual(['part', { app_id: 'a b', part_id: 'é' }])
})

test('a fixed word wins over a parameter', () => {
  expect(found('GET', '/apps/mine')).toEqual(['mine', {}])
})

test('a known path with another method says which ones there are', () => {
  expect(found('DELETE', '/apps')).toEqual({ allowed: ['GET', 'POST', 'HEAD', 'OPTIONS'] })
})

test.each(['/', '', '/app', '/apps/', '/apps//parts/x', '/apps/%', '/apps/%ff', '/apps/a/parts/b/c', '/APPS'])('%j is no route', (path) => {
  expect(found('GET', path)).toBeNull()
})
