import { Logger, parseCronItems, run, runMigrations, type Runner } from 'graphile-worker'
import type pg from 'pg'
import type { z } from 'zod'
import { sqlPart, type SqlPart, type SystemDb, type TenantDb } from './db.ts'
import { log } from './log.ts'

export interface JobDefinition<P extends z.ZodType = z.ZodType> {
  name: string
  payload: P
  /** Runs at least once: it must be safe to run twice. Throw to retry with growing delay. */
  run(payload: z.output<P>): Promise<void>
  maxAttempts?: number
  /** So many run at once, in a lane of their own: for work that mostly waits for somebody outside, and must not wait for other jobs. */
  atOnce?: number
}

export const defineJob = <P extends z.ZodType>(definition: JobDefinition<P>): JobDefinition<P> => definition

export interface EnqueueOptions {
  /** Same key, not yet started: the later call replaces the earlier one. */
  key?: string
  /** Real time; business due times live in domain tables. */
  runAt?: Date
}

/** Adds the job in the caller's transaction: it exists if and only if the change was committed. */
export const enqueue = <P extends z.ZodType>(
  db: SystemDb | TenantDb, job: JobDefinition<P>, payload: z.input<P>, options: EnqueueOptions = {},
): Promise<void> => enqueueAll(db, [{ job, payload, options }])

/** As `graphile_worker.enqueue` takes it. */
export const jobRow = ({ name, payload: schema, maxAttempts = 25 }: JobDefinition, payload: unknown) =>
  ({ name, payload: schema.parse(payload), max_attempts: maxAttempts })

export interface AddedJob { job: JobDefinition; payload: unknown; options?: EnqueueOptions }

/** Many in one statement. */
export const enqueueAll = async (db: SystemDb | TenantDb, added: readonly AddedJob[]): Promise<void> => {
  if (added.length > 0) await db.$executeRaw`${enqueued(added)}`
}

/** The statement that adds them, for one that does more. */
export const enqueued = (added: readonly AddedJob[]): SqlPart => {
  const rows = added.map(({ job, payload, options }) => ({ ...jobRow(job, payload), job_key: options?.key ?? null, run_at: options?.runAt ?? null }))
  return sqlPart`
    SELECT graphile_worker.enqueue(name, payload, job_key, run_at, max_attempts) AS added
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS j (name text, payload json, job_key text, run_at timestamptz, max_attempts int)`
}

export interface JobQueue {
  /** Jobs ready to run now, in any process. */
  ready(): Promise<number>
  stop(): Promise<void>
}

const WRAPPER_SQL = `
CREATE OR REPLACE FUNCTION graphile_worker.enqueue(name text, payload json, job_key text, run_at timestamptz, max_attempts int) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT graphile_worker.add_job(name, payload := $2, job_key := $3, run_at := coalesce($4, now()), max_attempts := $5)
$$;
REVOKE ALL ON FUNCTION graphile_worker.enqueue FROM PUBLIC;
GRANT USAGE ON SCHEMA graphile_worker TO shellwego_app;
GRANT EXECUTE ON FUNCTION graphile_worker.enqueue TO shellwego_app;`

/** Creates the queue's own schema; needs CREATE on the database. Safe to run from several processes at once. */
export const prepareQueue = async (pool: pg.Pool): Promise<void> => {
  const client = await pool.connect()
  try {
    await client.query('SELECT pg_advisory_lock(81632401)')
    await runMigrations({ pgPool: pool })
    await client.query(WRAPPER_SQL)
  } finally {
    await client.query('SELECT pg_advisory_unlock(81632401)')
    client.release()
  }
}

/** What a killed worker held would stay locked for four hours; jobs may run twice, so a starting worker takes all of it back. */
const UNLOCK_SQL = `SELECT graphile_worker.force_unlock_workers(workers) FROM
  (SELECT array_agg(DISTINCT locked_by) AS workers FROM graphile_worker.jobs WHERE locked_by IS NOT NULL) held WHERE workers IS NOT NULL`

const runnable = (job: JobDefinition) => async (payload: unknown): Promise<void> => {
  try {
    await job.run(job.payload.parse(withoutCron(payload)))
  } catch (error) {
    log.error({ job: job.name, error: error instanceof Error ? error.stack : String(error) }, 'job failed')
    throw error
  }
}

const CONCURRENCY = 4
/** Ends of jobs are told to the database together. A job whose end was lost runs again, as after any crash. */
const COMPLETE_DELAY_MS = 20

const startLane = (pool: pg.Pool, jobs: readonly JobDefinition[], crontab: readonly string[]): Promise<Runner> => {
  const atOnce = jobs[0]?.atOnce
  return run({
    pgPool: pool, taskList: Object.fromEntries(jobs.map((job) => [job.name, runnable(job)])), concurrency: atOnce ?? CONCURRENCY, pollInterval: 2_000,
    noHandleSignals: true, parsedCronItems: parseCronItems(crontab.map(cronItem)), logger: quietLogger(),
    // What a lane of its own takes, it takes in one statement; the others are fetched one by one, as each may be long.
    preset: { worker: { completeJobBatchDelay: COMPLETE_DELAY_MS, ...(atOnce === undefined ? {} : { localQueue: { size: atOnce } }) } },
  })
}

/** Runs jobs in this process when `work` is true; otherwise only answers questions about the queue. */
export const openQueue = async (pool: pg.Pool, jobs: JobDefinition[], options: { work: boolean; crontab?: readonly string[] }): Promise<JobQueue> => {
  const runners: Runner[] = []
  if (options.work) {
    await pool.query(UNLOCK_SQL)
    runners.push(await startLane(pool, jobs.filter(({ atOnce }) => atOnce === undefined), options.crontab ?? []))
    for (const job of jobs.filter(({ atOnce }) => atOnce !== undefined)) runners.push(await startLane(pool, [job], []))
  }
  return {
    ready: async () => {
      const { rows } = await pool.query<{ n: number }>(
        'SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE run_at <= now() AND attempts < max_attempts AND attempts = 0')
      return rows[0]?.n ?? 0
    },
    stop: async () => { await Promise.all(runners.map((runner) => runner.stop())) },
  }
}

/** "minute hour day month weekday job"; real time, UTC. */
const cronItem = (line: string): { match: string; task: string } => {
  const at = line.lastIndexOf(' ')
  return { match: line.slice(0, at), task: line.slice(at + 1) }
}

/** Cron adds its own timing to the payload; no job of ours reads it. */
const withoutCron = (payload: unknown): unknown => {
  const { _cron, ...rest } = (payload ?? {}) as Record<string, unknown>
  return rest
}

const quietLogger = () => new Logger(() => (level, message) => { if (level === 'error') log.error({ queue: true }, message) })
