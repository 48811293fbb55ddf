import { Strategy, type StrategyInput } from '../../contract/strategy.ts'
import type { FieldProblem } from '../../contract/problem.ts'
import type { OrgContext } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { anyNodeCan } from '../nodes/index.ts'

const given = (input: object): object => Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
const isNothing = (amount: Strategy['max_surge']): boolean => amount === 0 || amount === '0%'

/** What was set before with what is asked for now; `volume` is one the app has. */
export const mergeStrategy = (before: unknown, input: StrategyInput, volume: { name: string } | null): Strategy => {
  const present = Strategy.parse(before)
  const strategy = Strategy.parse({ ...present, ...given(input), canary: { ...present.canary, ...given(input.canary ?? {}) } })
  const errors: FieldProblem[] = []
  if ((strategy.type === 'blue_green' || strategy.type === 'canary') && volume) {
    errors.push({ pointer: '/strategy/type', code: 'volume_attached', message: `The app has the volume ${volume.name}, which one instance can have open at a time, so the old and the new release cannot run beside each other. Use rolling or immediate: the instance is replaced.` })
  }
  if (strategy.type === 'rolling' && isNothing(strategy.max_surge) && isNothing(strategy.max_unavailable)) {
    errors.push({ pointer: '/strategy/max_surge', code: 'nothing_may_change', message: 'With no instance beyond the wanted number and none missing nothing can be replaced. Allow one of them.' })
  }
  if (strategy.deadline_seconds !== null && strategy.deadline_seconds <= strategy.min_healthy_seconds) {
    errors.push({ pointer: '/strategy/deadline_seconds', code: 'too_short', message: 'The deadline must be longer than an instance has to be healthy.' })
  }
  if (strategy.type === 'canary' && strategy.deadline_seconds !== null && strategy.deadline_seconds <= strategy.canary.steps.length * strategy.canary.step_seconds) {
    errors.push({ pointer: '/strategy/deadline_seconds', code: 'too_short', message: 'The deadline must be longer than the steps of the canary together.' })
  }
  if (errors.length > 0) throw new DomainError('rule_violated', errors.map((e) => e.message).join(' '), { errors })
  return strategy
}

/** Of one app: its own setting, changed by what one call asks for. */
export const strategyOf = async (ctx: Pick<OrgContext, 'db'>, app: { id: string; strategy: unknown }, input: StrategyInput | undefined): Promise<Strategy> => {
  const volume = await ctx.db.volume.findFirst({ where: { appId: app.id }, select: { name: true } })
  if (input?.type === 'canary' && !(await anyNodeCan('share'))) {
    const message = 'The agent of no node here can divide requests yet. The operator upgrades the agents; until then use rolling.'
    throw new DomainError('rule_violated', message, { errors: [{ pointer: '/strategy/type', code: 'agents_too_old', message }] })
  }
  return mergeStrategy(app.strategy, input ?? {}, volume)
}
