import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

const read = (environment: Record<string, string>): ReturnType<typeof readConfig> => readConfig({ NODE_ENV: 'test', ...environment })

test('without settings it is a sandbox with an embedded database', () => {
  expect(read({})).toMatchObject({ mode: 'sandbox', domain: 'console.localhost', appsDomain: 'apps.localhost', database: undefined })
})

test('a database of your own is taken with the roles you name', () => {
  const { database } = read({ DATABASE_URL: 'postgresql://o@db/x', DATABASE_URL_APP: 'postgresql://a@db/x' })
  expect(database).toEqual({ owner: 'postgresql://o@db/x', app: 'postgresql://a@db/x', system: undefined })
})

test.each([
  [{ SHELLWEGO_MODE: 'test' }, 'SHELLWEGO_MODE'],
  [{ SHELLWEGO_DOMAIN: 'Upper.example' }, 'SHELLWEGO_DOMAIN'],
  [{ SHELLWEGO_APPS_DOMAIN: '-x' }, 'SHELLWEGO_APPS_DOMAIN'],
  [{ SHELLWEGO_MODE: 'production', SHELLWEGO_SETUP: 'a@b.test:c' }, 'SHELLWEGO_SETUP'],
])('%o stops the start and names the variable', (environment, variable) => {
  expect(() => read(environment as Record<string, string>)).toThrow(variable)
})
