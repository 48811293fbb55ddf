import pg from 'pg'

/** A restore that was broken off leaves this table: half an installation must not start. */
export const RESTORE_MARK = 'restore_in_progress'

export async function requireWhole(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rows: [row] } = await client.query<{ half: boolean }>("SELECT to_regclass('public.' || $1) IS NOT NULL AS half", [RESTORE_MARK])
    if (row?.half) throw new Error('a restore of this database was broken off: run `shellwego backup restore` again')
  } finally {
    await client.end()
  }
}
