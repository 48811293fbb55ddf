/**
 * The statements that keep the sums. They work on `part`: rows that each stand for some events of one subject, a single event
 * being the smallest part. Taking events in, rebuilding, and making hours of minutes are then one and the same sum.
 */

/** One event as a part. */
export const PART_OF_EVENT = 'meter, app_id, subject, at AS newest_at, source AS newest_source, event_id AS newest_id, 1 AS events, coalesce(value, 0) AS total, ' +
  'value AS highest, value AS newest'

const NEWEST_FIRST = 'ORDER BY newest_at DESC, newest_source DESC, newest_id DESC'
const LATER = '(excluded.newest_at, excluded.newest_source, excluded.newest_id) > (r.newest_at, r.newest_source, r.newest_id)'
const newer = (column: string): string => `${column} = CASE WHEN ${LATER} THEN excluded.${column} ELSE r.${column} END`

/** Adds the parts of `relation` (org_id, grain, bucket and the columns above) to the sums, in one order for everybody, so that nobody waits in a circle. */
export const addParts = (relation: string): string => `
  INSERT INTO usage_rollup AS r (org_id, grain, bucket, meter, app_id, subject, events, total, highest, newest, newest_at, newest_source, newest_id)
  SELECT org_id, grain, bucket, meter, app_id, subject, sum(events)::bigint, sum(total), max(highest), (array_agg(newest ${NEWEST_FIRST}))[1],
    (array_agg(newest_at ${NEWEST_FIRST}))[1], (array_agg(newest_source ${NEWEST_FIRST}))[1], (array_agg(newest_id ${NEWEST_FIRST}))[1]
  FROM ${relation} GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
  ON CONFLICT (org_id, grain, bucket, meter, app_id, subject) DO UPDATE SET events = r.events + excluded.events, total = r.total + excluded.total,
    highest = greatest(r.highest, excluded.highest), ${newer('newest')}, ${newer('newest_at')}, ${newer('newest_source')}, ${newer('newest_id')}`

/** Values of `unique` meters, each once per bucket. */
export const addItems = (relation: string): string => `
  INSERT INTO usage_item (org_id, grain, bucket, meter, app_id, subject, item)
  SELECT DISTINCT org_id, grain, bucket, meter, app_id, subject, item FROM ${relation} WHERE item IS NOT NULL ORDER BY 1, 2, 3, 4, 5, 6, 7
  ON CONFLICT DO NOTHING`

/** Buckets of an instant: minutes and hours are everybody's, days and months those of a time zone. */
export const bucketsOf = (at: string, timezone: string): string => `(VALUES ('minute', date_trunc('minute', ${at}, 'UTC')), ('hour', date_trunc('hour', ${at}, 'UTC')),
  ('day', date_trunc('day', ${at}, ${timezone})), ('month', date_trunc('month', ${at}, ${timezone}))) AS b (grain, bucket)`
