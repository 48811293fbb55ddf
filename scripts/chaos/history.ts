import pg from 'pg'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Product } from '../test/product.ts'

/** Written by the database itself in the transaction of the change, so that nothing that is gone a moment later is missed. */
const RECORDER = `
CREATE SCHEMA IF NOT EXISTS chaos;
CREATE TABLE IF NOT EXISTS chaos.history (seq bigserial PRIMARY KEY, rule text NOT NULL, what text NOT NULL);
CREATE OR REPLACE FUNCTION chaos.object_left() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
  INSERT INTO chaos.history (rule, what) VALUES ('I4 no object leaves without a tombstone', OLD.kind || ' ' || OLD.id || ' was ' || OLD.desired);
  RETURN NULL; END $$;
CREATE OR REPLACE TRIGGER chaos_left AFTER DELETE ON node_object FOR EACH ROW WHEN (OLD.desired <> 'absent') EXECUTE FUNCTION chaos.object_left();
CREATE OR REPLACE FUNCTION chaos.object_fell() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
  INSERT INTO chaos.history (rule, what) VALUES ('I4 the generation of an object never falls', NEW.kind || ' ' || NEW.id || ' from ' || OLD.generation || ' to ' || NEW.generation);
  RETURN NULL; END $$;
CREATE OR REPLACE TRIGGER chaos_fell AFTER UPDATE ON node_object FOR EACH ROW WHEN (NEW.generation < OLD.generation) EXECUTE FUNCTION chaos.object_fell();
CREATE OR REPLACE FUNCTION chaos.counter_fell() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
  INSERT INTO chaos.history (rule, what) VALUES ('I3 what was counted never falls', NEW.start_id); RETURN NULL; END $$;
CREATE OR REPLACE TRIGGER chaos_counted AFTER UPDATE ON usage_counter FOR EACH ROW
  WHEN (NEW.net_tx < OLD.net_tx OR NEW.cpu_us < OLD.cpu_us OR NEW.net_rx < OLD.net_rx) EXECUTE FUNCTION chaos.counter_fell();
CREATE OR REPLACE FUNCTION chaos.routed_early() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
  INSERT INTO chaos.history (rule, what) VALUES ('I6 only what is healthy gets a route', NEW.id || ' was ' || coalesce(NEW.health, NEW.phase)); RETURN NULL; END $$;
CREATE OR REPLACE TRIGGER chaos_routed AFTER UPDATE ON instance FOR EACH ROW
  WHEN (NEW.routed AND NOT OLD.routed AND (NEW.health IS DISTINCT FROM 'ok' OR NEW.ended_at IS NOT NULL)) EXECUTE FUNCTION chaos.routed_early();
GRANT USAGE ON SCHEMA chaos TO shellwego_system;
GRANT SELECT ON chaos.history TO shellwego_system;
`

/** From now on the database of this product writes down what must never happen, even for a moment. */
export function recordHistory({ data, env }: Product): Promise<void> {
  const password = readFileSync(path.join(data, 'secrets/db-superuser'), 'utf8').trim()
  return recordHistoryAt(`postgres://postgres:${password}@127.0.0.1:${env['SHELLWEGO_POSTGRES_PORT']}/shellwego`)
}

export async function recordHistoryAt(superuserUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    await client.query(RECORDER)
  } finally {
    await client.end()
  }
}
