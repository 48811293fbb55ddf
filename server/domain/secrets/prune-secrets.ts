import { z } from 'zod'
import { KEPT_RELEASES } from '../../contract/deployment.ts'
import { KEPT_VERSIONS } from '../../contract/secret.ts'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'

/** A release is done with when nothing of it runs and nobody can go back to it; its instances' last lines may still arrive for a day and must be masked. */
const RELEASES_DONE = `DELETE FROM release_secret r WHERE
  NOT EXISTS (SELECT FROM instance i WHERE i.org_id = r.org_id AND i.release_id = r.release_id AND (i.ended_at IS NULL OR i.ended_at > now() - interval '1 day'))
  AND NOT EXISTS (SELECT FROM deployment d WHERE d.org_id = r.org_id AND d.release_id = r.release_id AND d.state IN ('queued', 'running'))
  AND NOT EXISTS (SELECT FROM app a WHERE a.org_id = r.org_id AND a.current_release_id = r.release_id AND a.deleted_at IS NULL)
  AND NOT EXISTS (SELECT FROM release k JOIN app a ON a.id = k.app_id WHERE k.org_id = r.org_id AND k.id = r.release_id AND k.served_at IS NOT NULL AND k.retired_at IS NULL AND a.deleted_at IS NULL)`
/** Beyond the newest few, or with a secret that was deleted since: nobody goes back to them. */
const RELEASES_RETIRED = `UPDATE release r SET retired_at = now() FROM (
    SELECT k.id, row_number() OVER (PARTITION BY k.app_id ORDER BY k.served_at DESC) AS age FROM release k WHERE k.served_at IS NOT NULL AND k.retired_at IS NULL) kept
  WHERE kept.id = r.id AND NOT EXISTS (SELECT FROM app a WHERE a.org_id = r.org_id AND a.current_release_id = r.id)
    AND (kept.age > $1 OR EXISTS (SELECT FROM release_secret h JOIN secret s ON s.org_id = h.org_id AND s.id = h.secret_id WHERE h.org_id = r.org_id AND h.release_id = r.id AND s.deleted_at IS NOT NULL))`
const OWNERS_GONE = `UPDATE secret s SET deleted_at = now() WHERE s.deleted_at IS NULL AND (
  EXISTS (SELECT FROM app a WHERE a.id = s.app_id AND a.deleted_at IS NOT NULL) OR EXISTS (SELECT FROM organization o WHERE o.id = s.org_id AND o.deleted_at IS NOT NULL))`
const OLD_VERSIONS = `DELETE FROM secret_version v USING secret s WHERE s.org_id = v.org_id AND s.id = v.secret_id AND (s.deleted_at IS NOT NULL OR v.version <= s.version - $1)
  AND NOT EXISTS (SELECT FROM release_secret r WHERE r.org_id = v.org_id AND r.secret_id = v.secret_id AND r.version = v.version)`
const EMPTY_SECRETS = 'DELETE FROM secret s WHERE s.deleted_at IS NOT NULL AND NOT EXISTS (SELECT FROM secret_version v WHERE v.org_id = s.org_id AND v.secret_id = s.id)'
/** Replaced long enough that no process writes with them any more, or of an organization that is gone; never one that still encrypts something. */
const SPARE_KEYS = `DELETE FROM data_key k WHERE (k.replaced_at < now() - interval '10 minutes' OR EXISTS (SELECT FROM organization o WHERE o.id = k.owner AND o.deleted_at < now() - interval '1 day'))
  AND NOT EXISTS (SELECT FROM secret_version v WHERE v.key_id = k.id) AND NOT EXISTS (SELECT FROM node_object n WHERE n.key_id = k.id)
  AND NOT EXISTS (SELECT FROM volume v WHERE v.key_id = k.id)`

export const pruneSecrets = defineJob({
  name: 'secrets.prune',
  payload: z.object({}),
  run: async () => {
    const { systemPool } = runtime().databases
    await systemPool.query(OWNERS_GONE)
    await systemPool.query(RELEASES_RETIRED, [KEPT_RELEASES])
    await systemPool.query(RELEASES_DONE)
    await systemPool.query(OLD_VERSIONS, [KEPT_VERSIONS])
    await systemPool.query(EMPTY_SECRETS)
    await systemPool.query(SPARE_KEYS)
  },
})
