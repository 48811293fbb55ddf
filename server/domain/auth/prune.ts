import { z } from 'zod'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'

/** What nobody can use any more. Real time. */
const STATEMENTS = [
  'DELETE FROM auth_challenge WHERE expires_at < now()',
  'DELETE FROM session WHERE expires_at < now()',
  'DELETE FROM email_token WHERE expires_at < now() - interval \'7 days\'',
  'DELETE FROM email_change WHERE coalesce(undo_until, expires_at) < now() - interval \'30 days\'',
  'DELETE FROM sign_in_origin WHERE last_seen_at < now() - interval \'180 days\'',
  'DELETE FROM throttle WHERE window_start < now() - interval \'1 day\'',
]

export const pruneAuth = defineJob({
  name: 'auth.prune', payload: z.object({}),
  run: async () => { for (const statement of STATEMENTS) await runtime().databases.systemPool.query(statement) },
})
