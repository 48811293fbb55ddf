import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ORG_MODELS, scopeArguments } from './tenant-scope.ts'

const MODEL = fc.constantFrom(...ORG_MODELS)
const READS = fc.constantFrom('findMany', 'findFirst', 'findUnique', 'findFirstOrThrow', 'count', 'aggregate', 'groupBy', 'update', 'updateMany', 'delete', 'deleteMany')

test('whatever organization a query names, only the caller\'s is asked', () => {
  fc.assert(fc.property(MODEL, READS, fc.record({ orgId: fc.anything(), id: fc.string() }), (model, operation, where) => {
    expect(scopeArguments(model, operation, { where }, 'org_mine')).toEqual({ where: { ...where, orgId: 'org_mine' } })
  }))
})

test('a query without arguments is scoped too', () => {
  expect(scopeArguments('App', 'findMany', undefined as never, 'org_mine')).toEqual({ where: { orgId: 'org_mine' } })
})

test('new rows belong to the caller\'s organization, one or many', () => {
  fc.assert(fc.property(MODEL, fc.string(), (model, foreign) => {
    expect(scopeArguments(model, 'create', { data: { orgId: foreign } }, 'org_mine')).toEqual({ data: { orgId: 'org_mine' } })
    expect(scopeArguments(model, 'createMany', { data: [{ orgId: foreign }, {}] }, 'org_mine')).toEqual({ data: [{ orgId: 'org_mine' }, { orgId: 'org_mine' }] })
    expect(scopeArguments(model, 'upsert', { where: { id: 'x' }, create: { orgId: foreign }, update: {} }, 'org_mine'))
      .toEqual({ where: { id: 'x', orgId: 'org_mine' }, create: { orgId: 'org_mine' }, update: {} })
  }))
})

test('the organization itself is found by its own id only', () => {
  expect(scopeArguments('Organization', 'findFirst', { where: { id: 'org_other' } }, 'org_mine')).toEqual({ where: { id: 'org_mine' } })
})

test.each(['Password', 'Session', 'Node', 'NodeObject', 'JoinToken', 'Mail', 'EmailToken', 'LedgerTransaction', 'ProviderEvent', 'Nonsense'])('%s is closed to tenants', (model) => {
  expect(() => scopeArguments(model, 'findMany', {}, 'org_mine')).toThrow(model)
})
