import type { AutoscalingPolicy } from '../../../contract/autoscaling.ts'
import type { FieldProblem } from '../../../contract/problem.ts'

/** What a schema cannot say, all faults at once; `volume` is one the app has. */
export const policyFaults = (policy: AutoscalingPolicy, volume: { name: string } | null): FieldProblem[] => {
  const { min, max, targets, schedule, tolerance_percent: tolerance } = policy
  const faults: FieldProblem[] = []
  const refuse = (pointer: string, code: string, message: string): void => { faults.push({ pointer, code, message }) }
  if (volume) refuse('/autoscaling', 'volume_attached', `The app has the volume ${volume.name}, which one instance can have open at a time, so it cannot run more than one. Detach the volume first.`)
  if (min > max) refuse('/min', 'above_max', `The lower bound ${min} is above the upper bound ${max}.`)
  for (const [at, window] of schedule.entries()) {
    if (window.at_least > max) refuse(`/schedule/${at}/at_least`, 'above_max', `${window.at_least} is above the upper bound ${max}.`)
    if (window.at_least < min) refuse(`/schedule/${at}/at_least`, 'below_min', `${min} run at any time, so this window changes nothing.`)
  }
  for (const [field, name] of [['cpu_percent', 'processor'], ['memory_percent', 'memory']] as const) {
    const target = targets[field]
    if (target === null || target * (1 + tolerance / 100) < 100) continue
    refuse(`/targets/${field}`, 'never_reached', `With a tolerance of ${tolerance} % more than all of the ${name} would have to be in use before an instance is added. Choose a lower target or a smaller tolerance.`)
  }
  if (Object.values(targets).every((target) => target === null) && schedule.length === 0) {
    refuse('/targets', 'nothing_to_go_by', 'Choose a metric, or write a schedule: without them the number would never change.')
  }
  return faults
}
