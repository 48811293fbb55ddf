import { evaluateApps, planLooks, pruneDecisions } from './evaluate.ts'
import { listDecisions } from './list-decisions.ts'
import { getAutoscaling, removeAutoscaling, setAutoscaling } from './policy.ts'

export { evaluateApps, getAutoscaling, listDecisions, removeAutoscaling, setAutoscaling }
export const operations = [getAutoscaling, setAutoscaling, removeAutoscaling, listDecisions]
export const jobs = [evaluateApps, planLooks, pruneDecisions]
export const crontab = ['* * * * * autoscaling.plan_looks', '23 4 * * * autoscaling.prune']
