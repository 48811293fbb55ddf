import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isEventType } from '../../contract/event-types.ts'

/** Of no organization: nobody can subscribe to them. */
const PLATFORM = /^(user|node|brand|operator|route|clock|price|plan|meter|tax_rate|ledger|legal_entity|transfer_account|billing_settings|bank_account|bank_statement|work_item|payout|reconciliation|suspense|dunning_policy|metrics_access)\.|^keys\.(rotated|rewrapped|retired)$|^coupon\.(created|archived)$/

/** Types as they are written where events are recorded. */
const emitted = (source: string): string[] =>
  [...source.matchAll(/(?:emit|tell|recordEvent)\w*\((?:[^'()]|\([^()]*\))*((?:'[a-z_]+\.[a-z_]+'[^',]*)+),|orgId[^\n]*\btype: ('[a-z_]+\.[a-z_]+')/g)]
    .flatMap(([, called, recorded]) => [...(called ?? recorded ?? '').matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map((match) => match[1] ?? ''))

test('every event an organization can have may be subscribed to by name', () => {
  const files = globSync('server/{domain,sandbox,transport}/**/*.ts').filter((file) => !/\.test\.ts$|\/testing/.test(file))
  const types = [...new Set(files.flatMap((file) => emitted(readFileSync(file, 'utf8'))))].filter((type) => !PLATFORM.test(type))
  expect(types.length).toBeGreaterThan(50)
  expect(types.filter((type) => !isEventType(type))).toEqual([])
})
