import { KEPT_DAYS, MAX_POINTS, STEP_S, type Resolution } from '../../../contract/metrics.ts'

export interface Window { resolution: Resolution; stepMs: number; from: Date; to: Date }
export type WindowFault = { pointer: '/from' | '/to' | '/resolution'; code: string; message: string }

const DAY_MS = 86_400_000
const NAMES: readonly Resolution[] = ['1m', '5m', '1h', '1d']
const points = (from: Date, to: Date, resolution: Resolution): number => (to.getTime() - from.getTime()) / (STEP_S[resolution] * 1_000)
const keptFrom = (now: Date, resolution: Resolution): Date => new Date(now.getTime() - KEPT_DAYS[resolution] * DAY_MS)

/** Without a resolution the finest that is kept so far back and gives no more points than fit. */
export const windowOf = (asked: { resolution: Resolution | undefined; from: Date; to: Date | undefined }, now: Date): Window | WindowFault => {
  const { from, to = now } = asked
  if (from >= to) return { pointer: '/from', code: 'not_before_to', message: 'from must be before to.' }
  if (from >= now) return { pointer: '/from', code: 'in_the_future', message: 'from must be in the past.' }
  const fits = (name: Resolution): boolean => points(from, to, name) <= MAX_POINTS && from >= keptFrom(now, name)
  const resolution = asked.resolution ?? NAMES.find(fits) ?? '1d'
  if (points(from, to, resolution) > MAX_POINTS) {
    return { pointer: '/resolution', code: 'too_many_points', message: `Ask for at most ${MAX_POINTS} points: take a coarser resolution or a shorter time.` }
  }
  if (from < keptFrom(now, resolution)) {
    return { pointer: '/from', code: 'not_kept', message: `Steps of ${resolution} are kept for ${KEPT_DAYS[resolution]} days: begin later or take a coarser resolution.` }
  }
  return { resolution, stepMs: STEP_S[resolution] * 1_000, from, to }
}
