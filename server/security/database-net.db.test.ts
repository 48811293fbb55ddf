import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Prisma } from '../../prisma/generated/client.ts'
import { newId } from '../core/id.ts'
import { runtime } from '../core/runtime.ts'
import { ORG_MODELS } from '../core/tenant-scope.ts'
import { makeEstate, type Estate } from '../testing/estate.ts'
import { withRuntime } from '../testing/runtime.ts'

withRuntime()
let app: pg.Client
let [mine, theirs]: Estate[] = []

beforeAll(async () => {
  app = new pg.Client({ connectionString: runtime().env.DATABASE_URL_APP })
  await app.connect()
  mine = await makeEstate()
  theirs = await makeEstate()
}, 60_000)
afterAll(() => app.end())

const system = async <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> => (await runtime().databases.systemPool.query<T>(sql, values)).rows
const tablesWith = async (column: string): Promise<string[]> =>
  (await system<{ t: string }>('SELECT table_name AS t FROM information_schema.columns WHERE table_schema = \'public\' AND column_name = $1 ORDER BY 1', [column])).map((r) => r.t)
/** In a transaction that is rolled back, as the app role; `orgId` null sets none, nor does `apps`. */
const asApp = async <T>(orgId: string | null, run: () => Promise<T>, apps: string | null = '*'): Promise<T> => {
  await app.query('BEGIN')
  try {
    if (orgId) await app.query('SELECT set_config(\'app.org_id\', $1, true)', [orgId])
    if (apps !== null) await app.query('SELECT set_config(\'app.app_ids\', $1, true)', [apps])
    return await run()
  } finally {
    await app.query('ROLLBACK')
  }
}
const count = async (table: string, where = 'true', values: unknown[] = []): Promise<number> =>
  Number((await app.query<{ n: string }>(`SELECT count(*) AS n FROM "${table}" WHERE ${where}`, values)).rows[0]?.n)
const failure = (run: Promise<unknown>): Promise<string> => run.then(() => 'no error', (error: unknown) => String(error))

test('every table that names an organization holds rows of both, so that the tests below mean something', async () => {
  const empty: string[] = []
  for (const table of await tablesWith('org_id')) {
    const rows = await system<{ n: number }>(`SELECT count(DISTINCT org_id)::int AS n FROM "${table}" WHERE org_id IN ($1, $2)`, [mine?.orgId, theirs?.orgId])
    if (rows[0]?.n !== 2) empty.push(table)
  }
  expect(empty).toEqual([])
})

test('without an organization no row of any tenant is visible', async () => {
  const seen: string[] = []
  for (const table of [...await tablesWith('org_id'), 'organization', 'user', 'brand', 'price_list', 'idempotency_key', 'service_account',
  'custom_role', 'grant', 'invitation']) {
    await asApp(null, async () => { if (await count(table) > 0) seen.push(table) })
  }
  expect(seen).toEqual([])
})

test('with one organization only its own rows are visible', async () => {
  const mixed: string[] = []
  for (const table of await tablesWith('org_id')) {
    await asApp(mine?.orgId ?? '', async () => {
      if (await count(table) === 0 || await count(table, 'org_id IS DISTINCT FROM $1', [mine?.orgId]) > 0) mixed.push(table)
    })
  }
  expect(mixed).toEqual([])
})

test('rows of another organization can be neither changed nor taken, and none can be put there', async () => {
  const reached: string[] = []
  for (const table of await tablesWith('org_id')) {
    await asApp(mine?.orgId ?? '', async () => {
      const result = await app.query(`UPDATE "${table}" SET org_id = $1 WHERE org_id = $2`, [mine?.orgId, theirs?.orgId]).catch(() => null)
      if ((result?.rowCount ?? 0) > 0) reached.push(`update ${table}`)
    })
    await asApp(mine?.orgId ?? '', async () => {
      const result = await app.query(`UPDATE "${table}" SET org_id = $2 WHERE org_id = $1`, [mine?.orgId, theirs?.orgId]).catch(() => null)
      if ((result?.rowCount ?? 0) > 0) reached.push(`give ${table}`)
    })
    await asApp(mine?.orgId ?? '', async () => {
      const result = await app.query(`DELETE FROM "${table}" WHERE org_id = $1`, [theirs?.orgId]).catch(() => null)
      if ((result?.rowCount ?? 0) > 0) reached.push(`delete ${table}`)
    })
  }
  expect(reached).toEqual([])
  const insert = (orgId: string | undefined) => asApp(mine?.orgId ?? '', () => failure(app.query('INSERT INTO membership (org_id, user_id, role) VALUES ($1, $2, \'owner\')',
    [orgId, theirs?.owner.actor.userId])))
  expect(await insert(theirs?.orgId)).toContain('row-level security')
  expect(await insert(mine?.orgId)).toBe('no error')
})

test('whoever is restricted to one app sees and changes rows of that app only, and without the setting of none', async () => {
  const wrong: string[] = []
  const appTables = (await tablesWith('app_id')).filter((t) => READABLE.includes(t))
  expect(appTables.length).toBeGreaterThan(8)
  for (const [table, column] of [['app', 'id'], ...appTables.map((t) => [t, 'app_id'] as const)] as const) {
    const shown = (apps: string | null, where?: string) => asApp(mine?.orgId ?? '', () => count(table, where === undefined ? 'true' : `${column} = $1`, where === undefined ? [] : [where]), apps)
    if (await shown('*') === 0 || await shown(null) !== 0) wrong.push(table)
    for (const app of [mine?.ids.app_id ?? '', mine?.ids.other_app_id ?? '']) if (await shown(app) !== await shown('*', app)) wrong.push(`${table} of ${app}`)
  }
  expect(wrong).toEqual([])
  await asApp(mine?.orgId ?? '', async () => {
    const touched = await app.query('UPDATE app SET replicas = replicas WHERE id = $1', [mine?.ids.app_id])
    expect(touched.rowCount).toBe(0)
    expect(await count('catalog_install')).toBe(0)
    expect(await failure(app.query(`INSERT INTO hostname (hostname, org_id, app_id) VALUES ('x.example.com', $1, $2)`, [mine?.orgId, mine?.ids.app_id]))).toContain('row-level security')
  }, mine?.ids.other_app_id)
  await asApp(mine?.orgId ?? '', async () => {
    expect(await count('event')).toBeGreaterThan(0)
    expect(await count('event', 'subject_id = $1 OR data::text LIKE $2', [mine?.ids.app_id, `%${mine?.ids.app_id}%`])).toBe(0)
  }, mine?.ids.other_app_id)
})

test('a pooled connection keeps no organization after its transaction, however that ended', async () => {
  const pool = new pg.Pool({ connectionString: runtime().env.DATABASE_URL_APP, max: 1 })
  try {
    for (const end of ['ROLLBACK', 'COMMIT', 'SELECT 1/0']) {
      const client = await pool.connect()
      await client.query('BEGIN')
      await client.query('SELECT set_config(\'app.org_id\', $1, true), set_config(\'app.app_ids\', \'*\', true)', [mine?.orgId])
      expect((await client.query('SELECT id FROM app')).rowCount).toBeGreaterThan(0)
      await client.query(end).catch(() => client.query('ROLLBACK'))
      client.release()
      expect((await pool.query('SELECT id FROM app')).rowCount, end).toBe(0)
    }
  } finally {
    await pool.end()
  }
})

test('every row of a tenant is reached by organization and id, and points only at rows of the same organization', async () => {
  const views = (await system<{ t: string }>('SELECT table_name AS t FROM information_schema.views WHERE table_schema = \'public\'')).map((r) => r.t)
  const tenant = (await tablesWith('org_id')).filter((table) => !views.includes(table))
  const keys = await system<{ t: string; columns: string[] }>(`SELECT c.relname AS t, array_agg(a.attname::text ORDER BY k.n) AS columns
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid CROSS JOIN unnest(i.indkey) WITH ORDINALITY AS k(attnum, n) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
    WHERE i.indisunique AND i.indpred IS NULL AND c.relnamespace = 'public'::regnamespace GROUP BY c.relname, i.indexrelid`)
  const primary = new Map((await system<{ t: string; columns: string[] }>(`SELECT c.conrelid::regclass::text AS t, array_agg(a.attname::text) AS columns
    FROM pg_constraint c CROSS JOIN unnest(c.conkey) AS k(attnum) JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
    WHERE c.contype = 'p' GROUP BY 1`)).map((r) => [r.t.replaceAll('"', ''), r.columns]))
  const reaches = (table: string, columns: string[]): boolean => columns[0] === 'org_id' && (primary.get(table) ?? ['?']).every((c) => columns.includes(c))
  const unkeyed = tenant.filter((t) => !keys.some((k) => k.t === t && reaches(t, k.columns)))
  expect(unkeyed).toEqual([])
  const links = await system<{ name: string; columns: string[] }>(`SELECT f.conname AS name, array_agg(a.attname::text) AS columns
    FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_class r ON r.oid = f.confrelid CROSS JOIN unnest(f.conkey) AS k(attnum)
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
    WHERE f.contype = 'f' AND c.relname = ANY ($1) AND r.relname = ANY ($1) GROUP BY f.conname`, [tenant])
  expect(links.length).toBeGreaterThan(8)
  expect(links.filter((l) => !l.columns.includes('org_id')).map((l) => l.name)).toEqual([])
})

test('every policy of the tenants\' role asks for the organization or the brand', async () => {
  const rows = await system<{ t: string; name: string; rule: string; permissive: boolean }>(`SELECT c.relname AS t, p.polname AS name, p.polpermissive AS permissive,
      concat(pg_get_expr(p.polqual, p.polrelid), ' ', pg_get_expr(p.polwithcheck, p.polrelid)) AS rule
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE 'shellwego_app'::regrole = ANY (p.polroles) OR p.polroles = '{0}'`)
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.filter((r) => r.permissive && !/current_(org|brand)\(\)/.test(r.rule)).map((r) => r.t)).toEqual(['test_clock'])
  const appTables = (await tablesWith('app_id')).filter((t) => READABLE.includes(t))
  expect(['app', ...appTables].filter((t) => !rows.some((r) => r.t === t && !r.permissive && r.rule.includes('visible_apps')))).toEqual([])
})

test('row-level security is enabled and forced on every table', async () => {
  const rows = await system<{ relname: string }>(`SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    AND relname <> '_prisma_migrations' AND NOT (relrowsecurity AND relforcerowsecurity)`)
  expect(rows).toEqual([])
})

test('the tenants\' role cannot step around it', async () => {
  const [role] = await system<Record<string, boolean>>('SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles WHERE rolname = \'shellwego_app\'')
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false })
  expect(await system('SELECT 1 FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = \'shellwego_app\'')).toEqual([])
  expect(await system('SELECT tablename FROM pg_tables WHERE schemaname = \'public\' AND tableowner IN (\'shellwego_app\', \'shellwego_system\')')).toEqual([])
  expect(await failure(app.query('SET ROLE shellwego_system'))).toContain('permission denied')
  expect(await failure(app.query('SET row_security = off; SELECT * FROM app'))).toContain('row-level security')
  await app.query('SET row_security = on')
})

/** The whole of what tenants may touch, by what they may do (of some columns counts); a new table is closed until somebody adds it here. */
const RIGHTS: Record<string, string[]> = {
  'SELECT INSERT UPDATE DELETE': ['membership', 'service_account', 'custom_role', 'grant', 'invitation', 'sso_connection', 'sso_domain',
    'domain', 'domain_path', 'webhook_endpoint', 'log_drain', 'log_drain_position', 'subscription_phase', 'subscription_change', 'dunning_case', 'budget', 'volume_schedule',
    'app_network'],
  'SELECT INSERT UPDATE': ['app', 'hostname', 'release', 'deployment', 'instance', 'payment_attempt', 'catalog_install', 'subscription', 'idempotency_key', 'api_token',
    'secret', 'usage_rollup', 'organization_deletion', 'webhook_delivery', 'org_tax_profile', 'coupon_redemption', 'volume', 'volume_snapshot',
    'backup_target', 'backup_set', 'volume_backup', 'restore_drill', 'app_autoscaling'],
  'SELECT UPDATE': ['organization', 'usage_period', 'coupon', 'payment_method'],
  'SELECT INSERT': ['event', 'secret_version', 'release_secret', 'usage_event', 'usage_event_key', 'usage_item', 'usage_state', 'invoice_item', 'method_setup',
    'exec_session', 'scaling_decision'],
  SELECT: ['log_chunk', 'log_head', 'allocation_segment', 'sleep_segment', 'usage_counter', 'usage_quarter', 'app_usage', 'app_traffic', 'invoice', 'ledger_entry', 'brand', 'price_list', 'plan', 'meter', 'test_clock', 'user',
    'audit_entry', 'audit_head', 'audit_checkpoint', 'audit_anchor', 'impersonation', 'webhook_attempt', 'credit_note', 'invoice_clearance', 'invoice_adjustment',
    'credit_grant', 'credit_use', 'coupon_use', 'refund', 'dispute', 'dunning_step', 'budget_alert', 'dunning_policy', 'transfer_account', 'volume_hold', 'volume_segment'],
}
const READABLE = Object.values(RIGHTS).flat()

test('the tenants\' role has exactly the rights it needs: none on passwords, sessions, nodes, tokens or mails', async () => {
  const rows = await system<{ t: string; rights: string }>(`SELECT relname AS t, concat_ws(' ', CASE WHEN has_any_column_privilege('shellwego_app', oid, 'SELECT') THEN 'SELECT' END,
      CASE WHEN has_any_column_privilege('shellwego_app', oid, 'INSERT') THEN 'INSERT' END, CASE WHEN has_any_column_privilege('shellwego_app', oid, 'UPDATE') THEN 'UPDATE' END,
      CASE WHEN has_table_privilege('shellwego_app', oid, 'DELETE') THEN 'DELETE' END, CASE WHEN has_table_privilege('shellwego_app', oid, 'TRUNCATE') THEN 'TRUNCATE' END) AS rights
    FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace`)
  const actual = Object.fromEntries([...Map.groupBy(rows.filter((r) => r.rights !== ''), (r) => r.rights)].map(([rights, of]) => [rights, of.map((r) => r.t).sort()]))
  expect(actual).toEqual(Object.fromEntries(Object.entries(RIGHTS).map(([rights, tables]) => [rights, tables.toSorted()])))
  for (const table of ['password', 'session', 'email_token', 'throttle', 'node', 'node_object', 'join_token', 'mail', 'ledger_transaction', 'provider_event', 'brand_host', 'sandbox_object']) {
    expect(await failure(app.query(`SELECT * FROM "${table}"`)), table).toContain('permission denied')
  }
  expect(await failure(app.query('SELECT staff FROM "user"'))).toContain('permission denied')
  expect(await failure(app.query('SELECT token_hash FROM api_token'))).toContain('permission denied')
})

test('fellow members are visible, other people are not', async () => {
  await asApp(mine?.orgId ?? '', async () => {
    const { rows } = await app.query<{ id: string }>('SELECT id FROM "user"')
    expect(rows.map((r) => r.id).sort()).toEqual([mine?.owner.actor.userId, mine?.ids.user_id].sort())
  })
})

test('the models scoped in code are those that carry an organization in the schema', () => {
  const scoped = Object.entries(Prisma.ModelName).map(([name]) => name).filter((name) => {
    const fields = Prisma[`${name}ScalarFieldEnum` as keyof typeof Prisma] as unknown as Record<string, string>
    return 'orgId' in fields
  })
  expect(scoped.sort()).toEqual([...ORG_MODELS].sort())
})

test('events and the ledger only grow, even for the system role', async () => {
  for (const table of ['event', 'ledger_entry', 'ledger_transaction']) {
    expect((await system<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]?.n).toBeGreaterThan(0)
    const column = table === 'event' ? 'type' : 'id'
    expect(await failure(system(`UPDATE ${table} SET ${column} = ${column}`)), table).toContain('append-only')
    expect(await failure(system(`DELETE FROM ${table}`)), table).toContain('append-only')
  }
})

test('a ledger transaction that does not balance is refused when it commits', async () => {
  const post = async (amounts: number[]): Promise<string> => {
    const client = await runtime().databases.systemPool.connect()
    const id = newId('ledgerTransaction')
    try {
      await client.query('BEGIN')
      await client.query('INSERT INTO ledger_transaction (id, brand_id, business_key, description, at) VALUES ($1, \'b\', $1, \'test\', now())', [id])
      for (const amount of amounts) await client.query('INSERT INTO ledger_entry (transaction_id, brand_id, account, currency, amount) VALUES ($1, \'b\', \'cash\', \'USD\', $2)', [id, amount])
      return await failure(client.query('COMMIT'))
    } finally {
      await client.query('ROLLBACK')
      client.release()
    }
  }
  expect(await post([100, -99])).toContain('does not balance')
  expect(await post([100])).toContain('does not balance')
  expect(await post([100, -60, -40])).toBe('no error')
})

test('an issued invoice keeps its number, sums, period, parties and text', async () => {
  const id = mine?.ids.invoice_id
  for (const change of ['number = \'X-1\'', 'total = total + 1', 'subtotal = 0', 'tax = tax + 1', 'currency = \'EUR\'', 'snapshot = \'{}\'', 'period_end = now()', `org_id = '${theirs?.orgId}'`, 'brand_id = \'b\'']) {
    expect(await failure(system(`UPDATE invoice SET ${change} WHERE id = $1`, [id])), change).toContain('is finalised')
  }
  expect(await failure(system('DELETE FROM invoice WHERE id = $1', [id]))).toContain('append-only')
  expect(await failure(system('UPDATE invoice SET amount_paid = amount_paid WHERE id = $1', [id]))).toBe('no error')
})
