import type { InstallStep } from '../../contract/install.ts'

export interface AppProgress { id: string; deployment: 'none' | 'active' | 'succeeded' | 'failed'; detail: string | null; deleted: boolean }

export interface InstallPlan {
  /** App whose deployment is to be queued now. */
  start: string | null
  state: 'running' | 'healthy' | 'failed'
  detail: string | null
  steps: InstallStep[]
}

/** Dependencies in order: the next service starts when the one before is healthy. Pure and safe to repeat. */
export const planInstall = (steps: readonly InstallStep[], apps: ReadonlyMap<string, AppProgress>, now: string): InstallPlan => {
  const next = steps.map((step) => advance(step, apps.get(step.app_id), now))
  const failed = next.find((s) => s.state === 'failed')
  if (failed) return { start: null, state: 'failed', detail: `${failed.app_name}: ${apps.get(failed.app_id)?.detail ?? 'it was deleted.'}`, steps: next }
  const at = next.findIndex((s) => s.state !== 'done')
  if (at < 0) return { start: null, state: 'healthy', detail: null, steps: next }
  const current = next[at]
  if (!current || current.state !== 'waiting') return { start: null, state: 'running', detail: null, steps: next }
  return { start: current.app_id, state: 'running', detail: null, steps: next.with(at, { ...current, state: 'running', started_at: now }) }
}

const advance = (step: InstallStep, app: AppProgress | undefined, now: string): InstallStep => {
  if (step.state === 'done' || step.state === 'waiting') return step
  if (!app || app.deleted || app.deployment === 'failed') return { ...step, state: 'failed', finished_at: now }
  return app.deployment === 'succeeded' ? { ...step, state: 'done', finished_at: now } : step
}
