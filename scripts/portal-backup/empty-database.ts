import type pg from 'pg'
import { RESTORE_MARK } from '../up/whole-database.ts'
import { ArchiveError } from '../../server/domain/portal-backups/ports.ts'

const present = async (client: pg.Client, name: string): Promise<boolean> =>
  (await client.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [`public.${name}`])).rows[0]?.found ?? false

export const isHalfRestored = (owner: pg.Client): Promise<boolean> => present(owner, RESTORE_MARK)

/** `system` sees every row, the owner none. A product that was started and has no account yet holds nothing of worth. */
export async function requireEmpty(owner: pg.Client, system: pg.Client, force: boolean): Promise<void> {
  if (force || await isHalfRestored(owner) || !await present(owner, 'user')) return
  const { rows: [found] } = await system.query<{ accounts: number }>('SELECT count(*)::int AS accounts FROM "user"')
  if ((found?.accounts ?? 0) === 0) return
  throw new ArchiveError('not_empty', `The database holds an installation already (${found?.accounts} accounts). Restore onto an empty one, or say --force to give up what is there.`)
}

/** All that the connection's role made here, and nothing of anybody else. */
const WIPE = `DO $$
DECLARE one record;
BEGIN
  FOR one IN SELECT nspname FROM pg_namespace WHERE pg_has_role(nspowner, 'MEMBER') AND nspname NOT IN ('public', 'information_schema') AND nspname NOT LIKE 'pg\\_%'
    LOOP EXECUTE format('DROP SCHEMA %I CASCADE', one.nspname); END LOOP;
  FOR one IN SELECT c.oid, c.relkind FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
    AND pg_has_role(c.relowner, 'MEMBER') AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') LOOP
    IF EXISTS (SELECT FROM pg_class WHERE oid = one.oid) THEN
      EXECUTE format('DROP %s IF EXISTS %s CASCADE', CASE one.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, one.oid::regclass);
    END IF;
  END LOOP;
  FOR one IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND pg_has_role(p.proowner, 'MEMBER')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    LOOP IF EXISTS (SELECT FROM pg_proc WHERE oid = one.oid) THEN EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', one.oid::regprocedure); END IF; END LOOP;
  FOR one IN SELECT t.oid FROM pg_type t WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd') AND pg_has_role(t.typowner, 'MEMBER')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
    LOOP IF EXISTS (SELECT FROM pg_type WHERE oid = one.oid) THEN EXECUTE format('DROP TYPE IF EXISTS %s CASCADE', one.oid::regtype); END IF; END LOOP;
END $$`

/** Leaves the mark and nothing else. */
export async function wipe(owner: pg.Client, system: pg.Client): Promise<void> {
  await system.query(WIPE)
  await owner.query(WIPE)
  await owner.query(`CREATE TABLE ${RESTORE_MARK} (began_at timestamptz NOT NULL DEFAULT now())`)
}
