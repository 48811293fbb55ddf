import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { CommandFailure, EXIT, UsageError } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { seconds, time, wholeNumber } from '../output/values.ts'
import { dataOf, type Client, type operations } from '../sdk/index.ts'
import { DAYS, windowOf, windowText } from './autoscale-window.ts'
import { findApp } from './find.ts'
import { limitOption } from './limit.ts'

type Autoscaling = operations['autoscaling.get']['responses'][200]['content']['application/json']
type Decision = operations['autoscaling.decisions']['responses'][200]['content']['application/json']['data'][number]
type Policy = NonNullable<Autoscaling['policy']>
type Change = NonNullable<operations['autoscaling.set']['requestBody']>['content']['application/json']

const PATH = '/v1/apps/{app_id}/autoscaling'

const targets = ({ targets: { cpu_percent: cpu, memory_percent: memory, requests_per_second: requests } }: Policy): string =>
  [cpu === null ? '' : `CPU ${cpu} %`, memory === null ? '' : `memory ${memory} %`, requests === null ? '' : `${requests} requests/s`].filter(Boolean).join(', ') || 'none'

const FIELDS: Column<Autoscaling>[] = [
  { title: 'Instances', value: (one) => `${one.replicas}${one.wanted === null || one.wanted === one.replicas ? '' : `, ${one.wanted} wanted`}` },
  { title: 'Between', value: ({ policy }) => (policy ? `${policy.min} and ${policy.max}` : 'off: the number is set by hand') },
  { title: 'Targets', value: ({ policy }) => (policy ? targets(policy) : null) },
  { title: 'Schedule', value: ({ policy, time_zone: zone }) => (policy && policy.schedule.length > 0 ? `${policy.schedule.map(windowText).join('; ')} (${zone})` : null) },
  { title: 'State', value: (one) => one.state?.replaceAll('_', ' ') },
  { title: 'Why', value: (one) => one.reason },
]
const DECISIONS: Column<Decision>[] = [
  { title: 'Time', value: (one) => time(one.at) },
  { title: 'Kind', value: (one) => one.kind },
  { title: 'Instances', value: (one) => (one.kind === 'limited' ? `${one.from}, ${one.wanted} wanted` : `${one.from} -> ${one.to}`) },
  { title: 'By', value: (one) => one.metric },
  { title: 'Why', value: (one) => one.reason },
]

interface SetOptions {
  min?: string; max?: string; cpu?: string; memory?: string; requests?: string; tolerance?: string; upAfter?: string; downAfter?: string; stabilize?: string
  stepUp?: string; stepDown?: string
}

const target = (given: string | undefined, option: string): { given: boolean; value: number | null } => {
  if (given === undefined || given === 'off') return { given: given === 'off', value: null }
  const value = Number(given.replace(/%$/, ''))
  if (!(value > 0)) throw new UsageError(`${option} takes a number, or off, not ${given}`)
  return { given: true, value }
}

const changeOf = (options: SetOptions, before: Policy | null): Change => {
  const max = options.max === undefined ? before?.max : wholeNumber(options.max, '--max', 1)
  if (max === undefined) throw new UsageError('Say with --max how many may run at most')
  const [cpu, memory, requests] = [target(options.cpu, '--cpu'), target(options.memory, '--memory'), target(options.requests, '--requests')]
  const whole = (given: string | undefined, option: string, present: number | undefined, read: (text: string, option: string) => number = wholeNumber) =>
    (given === undefined ? present : read(given, option))
  const some = <T extends object>(values: T) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
  return {
    ...some({ min: whole(options.min, '--min', before?.min), tolerance_percent: whole(options.tolerance, '--tolerance', before?.tolerance_percent) }),
    ...some({ stabilization_seconds: whole(options.stabilize, '--stabilize', before?.stabilization_seconds, seconds) }),
    max, schedule: before?.schedule ?? [],
    targets: {
      cpu_percent: cpu.given ? cpu.value : before?.targets.cpu_percent ?? null,
      memory_percent: memory.given ? memory.value : before?.targets.memory_percent ?? null,
      requests_per_second: requests.given ? requests.value : before?.targets.requests_per_second ?? null,
    },
    cool_down: some({
      up_seconds: whole(options.upAfter, '--up-after', before?.cool_down.up_seconds, seconds), down_seconds: whole(options.downAfter, '--down-after', before?.cool_down.down_seconds, seconds),
    }),
    max_step: some({ up: whole(options.stepUp, '--step-up', before?.max_step.up), down: whole(options.stepDown, '--step-down', before?.max_step.down) }),
  }
}

/** What we saw is what we change: if somebody else was faster, the API refuses. */
async function changed(client: Client, app: string, change: (seen: Autoscaling) => Change): Promise<Autoscaling> {
  const path = { app_id: (await findApp(client, app)).id }
  const seen = await dataOf(client.GET(PATH, { params: { path } }))
  return dataOf(client.PUT(PATH, { params: { path, header: { 'If-Match': `"${seen.etag}"` } }, body: change(seen) }))
}

export function autoscaleCommands(cli: Cli): void {
  const autoscale = cli.program.command('autoscale').description('Let the number of instances follow the load, the clock or both.')
  const { action } = cli
  withExamples(autoscale.command('show').description('Show how an app is scaled, and why it runs as many as it does.').argument('<app>', 'name or id'), 'shellwego autoscale show api')
    .action(action(async ({ api, print }, _: object, app: string) => {
      const client = await api()
      await print.item(await dataOf(client.GET(PATH, { params: { path: { app_id: (await findApp(client, app)).id } } })), FIELDS)
    }))

  withExamples(
    autoscale.command('set').description('Set bounds and targets; what is left out stays as it is.').argument('<app>', 'name or id')
      .option('--min <count>', 'at least so many').option('--max <count>', 'at most so many')
      .option('--cpu <percent>', 'target of each instance, or off').option('--memory <percent>', 'target of each instance, or off')
      .option('--requests <count>', 'requests per second of each instance, or off').option('--tolerance <percent>', 'so far from its target a metric changes nothing')
      .option('--up-after <time>', 'pause after an increase before the next one, like 60s').option('--down-after <time>', 'pause after any change before a decrease, like 2m')
      .option('--stabilize <time>', 'go no lower than what was needed at any time in so long, like 5m')
      .option('--step-up <count>', 'so many more at a time').option('--step-down <count>', 'so many less at a time'),
    'shellwego autoscale set api --min 2 --max 8 --cpu 60', 'shellwego autoscale set api --max 8 --requests 50 --cpu off', 'shellwego autoscale set api --up-after 30s --stabilize 10m',
  ).action(action(async ({ api, print }, options: SetOptions, app: string) => {
    await print.item(await changed(await api(), app, (seen) => changeOf(options, seen.policy)), FIELDS)
  }))
  schedule(cli, autoscale)
  endings(cli, autoscale)
}

const policyOf = (seen: Autoscaling): Policy => {
  if (!seen.policy) throw new CommandFailure(EXIT.notFound, 'not_found', 'Autoscaling is off. Turn it on with `shellwego autoscale set <app> --max <count>`.')
  return seen.policy
}

function schedule({ action }: Cli, autoscale: Command): void {
  withExamples(
    autoscale.command('schedule').description('Run at least so many at certain hours, in the time zone of the organization.').argument('<app>', 'name or id')
      .argument('<days>', DAYS).argument('<hours>', 'like 08:00-18:00; 22:00-06:00 ends on the next day').argument('<count>', 'at least so many')
      .option('--max <count>', 'at most so many; needed when autoscaling is off'),
    'shellwego autoscale schedule api weekdays 08:00-18:00 4', 'shellwego autoscale schedule api sat,sun 20:00-02:00 6 --max 10',
  ).action(action(async ({ api, print }, options: { max?: string }, app: string, days: string, hours: string, count: string) => {
    const window = windowOf(days, hours, wholeNumber(count, 'count', 1))
    await print.item(await changed(await api(), app, (seen) => {
      const base = changeOf(options, seen.policy)
      return { ...base, schedule: [...base.schedule ?? [], window] }
    }), FIELDS)
  }))

  withExamples(
    autoscale.command('unschedule').description('Take hours away from the schedule, or all of it.').argument('<app>', 'name or id').argument('[days]', DAYS).argument('[hours]', 'like 08:00-18:00'),
    'shellwego autoscale unschedule api weekdays 08:00-18:00', 'shellwego autoscale unschedule api',
  ).action(action(async ({ api, print }, _: object, app: string, days?: string, hours?: string) => {
    await print.item(await changed(await api(), app, (seen) => {
      const policy = policyOf(seen)
      if (days === undefined) return { ...policy, schedule: [] }
      const same = (one: Policy['schedule'][number]): string => windowText({ ...one, at_least: 1 })
      const left = policy.schedule.filter((one) => same(one) !== same(windowOf(days, hours ?? '', 1)))
      if (left.length === policy.schedule.length) throw new CommandFailure(EXIT.notFound, 'not_found', 'No such hours. See `shellwego autoscale show <app>`.')
      return { ...policy, schedule: left }
    }), FIELDS)
  }))
}

function endings({ action }: Cli, autoscale: Command): void {
  withExamples(autoscale.command('off').description('Turn it off; the number stays as it is until it is set by hand.').argument('<app>', 'name or id'), 'shellwego autoscale off api')
    .action(action(async ({ api, print }, _: object, app: string) => {
      const client = await api()
      const { id, name } = await findApp(client, app)
      await dataOf(client.DELETE(PATH, { params: { path: { app_id: id } } }))
      await print.done(`Autoscaling of ${name} is off.`, { app_id: id, enabled: false })
    }))

  withExamples(
    autoscale.command('decisions').description('What it did, or was not let do, and why.').argument('<app>', 'name or id').addOption(limitOption(20)),
    'shellwego autoscale decisions api', 'shellwego autoscale decisions api --limit 50 --json',
  ).action(action(async ({ api, print }, options: { limit: number }, app: string) => {
    const client = await api()
    const { id } = await findApp(client, app)
    const { data } = await dataOf(client.GET(`${PATH}/decisions`, { params: { path: { app_id: id }, query: { limit: options.limit } } }))
    await print.list(data, DECISIONS, 'Nothing was decided yet.')
  }))
}
