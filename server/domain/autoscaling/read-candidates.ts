import { AutoscalingPolicy } from '../../contract/autoscaling.ts'
import type { SystemDb } from '../../core/db.ts'
import type { History, Situation, Wish } from './rules/decide.ts'
import { loadsOf, LOOK_BACK_MS, type AskedMinute, type Loads, type UsedMinute } from './rules/loads.ts'

/** Of a deployment that has less time left no more is asked: instances that come on top must be healthy before its deadline. */
const TIME_TO_GROW_MS = 120_000
/** An edge that was lost for longer serves nobody any more. */
const LOST_MS = 600_000
/** Strategies that take another number at any moment. */
const MAY_GROW = ['rolling', 'immediate']
export const BATCH = 500

export interface Candidate {
  appId: string
  orgId: string
  version: number
  timeZone: string
  policy: AutoscalingPolicy
  situation: Situation
  history: History
  limitedSince: Date | null
  limitedTried: Date | null
}

interface Row {
  app_id: string; org_id: string; version: number; timezone: string; policy: unknown; replicas: number; memory_mib: number; wishes: Wish[]
  scaled_up_at: Date | null; scaled_down_at: Date | null; limited_since: Date | null; limited_tried: Date | null
  used: UsedMinute[] | null; asked: AskedMinute[] | null; live: number; unheard: number
  strategy: string | null; deadline_at: Date | null; edges_unheard: boolean
}

/** Apps that follow their load and shall run, with all that is needed to decide, in one statement for so many of them. */
export const readCandidates = async (db: SystemDb, after: string, now: Date): Promise<Candidate[]> => {
  const since = new Date(now.getTime() - LOOK_BACK_MS - 60_000)
  const lostSince = new Date(Date.now() - LOST_MS)
  const rows = await db.$queryRaw<Row[]>`
    SELECT s.app_id, s.org_id, s.version, o.timezone, s.policy, a.replicas, a.memory_mib, s.wishes, s.scaled_up_at, s.scaled_down_at, s.limited_since,
      s.limited_tried, u.used, t.asked, i.live, i.unheard, d.strategy, d.deadline_at,
      EXISTS (SELECT 1 FROM node WHERE status = 'unreachable' OR (status = 'lost' AND lost_at > ${lostSince})) AS edges_unheard
    FROM app_autoscaling s
    JOIN app a ON a.org_id = s.org_id AND a.id = s.app_id AND a.desired = 'running' AND a.deleted_at IS NULL
    JOIN organization o ON o.id = s.org_id AND o.delete_after IS NULL AND o.standing NOT IN ('suspended', 'terminated')
    LEFT JOIN LATERAL (SELECT jsonb_agg(jsonb_build_object('atMs', extract(epoch FROM at) * 1000, 'spanMs', span_ms, 'cpuUs', cpu_us, 'capacityUs', capacity_us,
        'memory', memory)) AS used
      FROM app_usage WHERE org_id = s.org_id AND app_id = s.app_id AND step_s = 60 AND at >= ${since}) u ON true
    LEFT JOIN LATERAL (SELECT jsonb_agg(jsonb_build_object('atMs', extract(epoch FROM at) * 1000, 'requests', (SELECT coalesce(sum(n), 0) FROM unnest(status) n))) AS asked
      FROM app_traffic WHERE org_id = s.org_id AND app_id = s.app_id AND step_s = 60 AND at >= ${since}) t ON true
    LEFT JOIN LATERAL (SELECT count(*)::int AS live, count(*) FILTER (WHERE i.node_lost OR n.status <> 'ready')::int AS unheard
      FROM instance i JOIN node n ON n.id = i.node_id
      WHERE i.org_id = s.org_id AND i.app_id = s.app_id AND i.ended_at IS NULL AND i.desired = 'running'
        AND (i.routed OR i.release_id IS DISTINCT FROM a.standby_release_id)) i ON true
    LEFT JOIN LATERAL (SELECT strategy->>'type' AS strategy, deadline_at FROM deployment
      WHERE org_id = s.org_id AND app_id = s.app_id AND state IN ('queued', 'running') ORDER BY created_at DESC LIMIT 1) d ON true
    WHERE s.enabled AND s.app_id > ${after} ORDER BY s.app_id LIMIT ${BATCH}`
  return rows.map((row) => toCandidate(row, now))
}

const toCandidate = (row: Row, now: Date): Candidate => ({
  appId: row.app_id, orgId: row.org_id, version: row.version, timeZone: row.timezone, policy: AutoscalingPolicy.parse(row.policy),
  situation: {
    replicas: row.replicas, loads: loads(row, now), deploying: deploying(row), unplaced: row.deadline_at ? 0 : Math.max(0, row.replicas - row.live),
  },
  history: { wishes: row.wishes, scaledUpMs: row.scaled_up_at?.getTime() ?? null, scaledDownMs: row.scaled_down_at?.getTime() ?? null },
  limitedSince: row.limited_since, limitedTried: row.limited_tried,
})

const loads = (row: Row, now: Date): Loads => loadsOf({
  used: row.used ?? [], asked: row.asked ?? [], memoryMib: row.memory_mib, instancesUnheard: row.unheard > 0, edgesUnheard: row.edges_unheard,
}, now.getTime())

const deploying = ({ strategy, deadline_at: deadline }: Row): Situation['deploying'] => {
  if (!deadline) return 'no'
  return MAY_GROW.includes(strategy ?? 'rolling') && deadline.getTime() - Date.now() > TIME_TO_GROW_MS ? 'may_grow' : 'wait'
}
