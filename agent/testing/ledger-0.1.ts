/**
 * The ledger as release 0.1 makes, writes and reads it, written out: an upgrade that is rolled back leaves that release with what the next
 * one wrote. A change that breaks this needs a release in between that understands both; then the file is made anew for that one.
 */
export const SCHEMA_0_1 = `
CREATE TABLE desired (kind TEXT NOT NULL, id TEXT NOT NULL, generation INTEGER NOT NULL, desired TEXT NOT NULL, spec TEXT, secrets BLOB,
  unlisted_since_ms INTEGER, PRIMARY KEY (kind, id)) STRICT;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE vm (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT;
CREATE TABLE volume (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT;
CREATE TABLE step (seq INTEGER PRIMARY KEY, vm_id TEXT NOT NULL, start_id TEXT, step TEXT NOT NULL, outcome TEXT NOT NULL, wall_ms INTEGER NOT NULL) STRICT;
CREATE TABLE usage (seq INTEGER PRIMARY KEY, start_id TEXT NOT NULL, workload_id TEXT NOT NULL, at TEXT NOT NULL, cum TEXT NOT NULL, memory_mib REAL NOT NULL) STRICT;
CREATE TABLE usage_counter (start_id TEXT PRIMARY KEY, raw TEXT NOT NULL, cum TEXT NOT NULL) STRICT;
CREATE TABLE usage_stream (one INTEGER PRIMARY KEY CHECK (one = 1), stream_id TEXT NOT NULL, next_seq INTEGER NOT NULL) STRICT;
`

export const WRITES_0_1: readonly (readonly [string, readonly (string | number | null)[]])[] = [
  ['INSERT INTO desired (kind, id, generation, desired, spec, secrets, unlisted_since_ms) VALUES (?, ?, ?, ?, ?, ?, NULL) ON CONFLICT (kind, id) DO UPDATE SET generation = excluded.generation',
    ['route', 'r-old', 1, 'present', '{"host":"a.test","target":"portal"}', null]],
  ['INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', ['guard', '{"epoch":"e1","index":4,"candidate":null}']],
  ['INSERT INTO vm (id, record) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record',
    ['vm-old', '{"id":"vm-old","slot":0,"start":null,"disk":null,"hold":null,"attempts":0,"restarts":0,"exitsMs":[],"health":null}']],
  ['INSERT INTO volume (id, record) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record', ['vol-old', '{"id":"vol-old"}']],
  ['INSERT INTO step (vm_id, start_id, step, outcome, wall_ms) VALUES (?, ?, ?, ?, ?)', ['vm-old', null, 'forget', 'done', 1]],
  ['INSERT INTO usage (seq, start_id, workload_id, at, cum, memory_mib) VALUES (?, ?, ?, ?, ?, ?)', [900, 's', 'w', '{}', '{}', 1]],
  ['INSERT INTO usage_counter (start_id, raw, cum) VALUES (?, ?, ?) ON CONFLICT (start_id) DO UPDATE SET raw = excluded.raw, cum = excluded.cum', ['s', '{}', '{}']],
  ['INSERT INTO usage_stream (one, stream_id, next_seq) VALUES (1, ?, 901) ON CONFLICT (one) DO UPDATE SET stream_id = excluded.stream_id', ['stream']],
]

export const READS_0_1: readonly string[] = [
  'SELECT value FROM meta WHERE key = ?', 'SELECT record FROM vm', 'SELECT record FROM volume', 'SELECT kind, id, generation, desired, spec, secrets, unlisted_since_ms FROM desired',
  'SELECT step, outcome, start_id, wall_ms FROM step WHERE vm_id = ? ORDER BY seq', 'SELECT stream_id, next_seq FROM usage_stream',
  'SELECT seq, start_id, workload_id, at, cum, memory_mib FROM usage ORDER BY seq', 'SELECT raw, cum FROM usage_counter WHERE start_id = ?',
]
