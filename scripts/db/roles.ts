import pg from 'pg'

export interface RolePasswords {
  owner: string
  app: string
  system: string
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function ensureLogin(client: pg.Client, name: string, password: string, attributes = ''): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [name])
  const secret = client.escapeLiteral(password)
  // A CREATEROLE role may make such a role, but PostgreSQL lets only a superuser name these attributes again.
  await client.query(rowCount
    ? `alter role ${name} login password ${secret}`
    : `create role ${name} login nosuperuser nocreaterole nobypassrls ${attributes} password ${secret}`)
}

/** The roles under which the product works: tenant operations and the named list of system operations. Neither bypasses RLS. */
export async function ensureWorkingRoles(url: string, passwords: Pick<RolePasswords, 'app' | 'system'>): Promise<void> {
  await withClient(url, async (client) => {
    await ensureLogin(client, 'shellwego_app', passwords.app, 'nocreatedb')
    await ensureLogin(client, 'shellwego_system', passwords.system, 'nocreatedb')
  })
}

/** The system role owns the schema of the job queue, so it may create schemas in this database. */
export async function grantDatabase(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>('select current_database() as name')
    const database = client.escapeIdentifier(rows[0]?.name ?? '')
    await client.query(`grant connect on database ${database} to shellwego_app, shellwego_system`)
    await client.query(`grant create on database ${database} to shellwego_system`)
    await client.query('grant usage on schema public to shellwego_app, shellwego_system')
  })
}

/** First start of a cluster of our own: `superuserUrl` is used here and never by the product. */
export async function bootstrapCluster(superuserUrl: string, database: string, passwords: RolePasswords): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    await ensureLogin(client, 'shellwego_owner', passwords.owner, 'createdb')
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database])
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(database)} owner shellwego_owner`)
  })
  await ensureWorkingRoles(superuserUrl, passwords)
}
