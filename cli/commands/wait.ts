import { setTimeout as sleep } from 'node:timers/promises'
import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import { CommandFailure, EXIT } from '../exit.ts'
import { seconds } from '../output/values.ts'
import { dataOf, type Client, type operations } from '../sdk/index.ts'
import { paint } from '../text.ts'

export interface WaitOptions { wait?: boolean; timeout: number }

export const waitOptions = (command: Command): Command => command
  .option('-w, --wait', 'wait until it serves; the exit code tells how it ended')
  .addOption(new Option('--timeout <time>', 'how long to wait').default(600, '10m').argParser((given) => seconds(given, '--timeout')))

export type Deployment = operations['deployments.get']['responses'][200]['content']['application/json']
type Step = Deployment['steps'][number]

const POLL_MS = 1000
const OVER = new Set<Deployment['state']>(['succeeded', 'failed', 'superseded', 'cancelled'])
const MARKS = { waiting: ' ', running: '…', done: '✓', failed: '✗', cancelled: '–' } as const

const took = ({ started_at: start, finished_at: end }: Step): string =>
  start && end ? ` (${((Date.parse(end) - Date.parse(start)) / 1000).toFixed(1)} s)` : ''

/** Says each step on stderr as it begins and ends. */
async function progressOn({ terminal }: Context): Promise<(deployment: Deployment) => void> {
  const { STEP_NAMES } = await import('../../server/contract/deployment.ts')
  const said = new Map<string, string>()
  return ({ steps }) => {
    for (const step of steps) {
      if (step.state === 'waiting' || said.get(step.key) === step.state) continue
      said.set(step.key, step.state)
      const color = step.state === 'failed' ? 'red' : step.state === 'done' ? 'green' : null
      terminal.stderr.write(`${paint(MARKS[step.state], color, terminal.colors.stderr)} ${STEP_NAMES[step.key]}${took(step)}\n`)
    }
  }
}

function failureOf(deployment: Deployment): CommandFailure {
  const reason = deployment.error_detail ?? `the deployment was ${deployment.state}`
  return new CommandFailure(EXIT.failed, deployment.error_code ?? `deployment_${deployment.state}`, `Deployment ${deployment.id}: ${reason}`)
}

/** Waits for the end of a deployment; it goes on whether somebody waits or not. */
export async function waitForDeployment(context: Context, client: Client, id: string, timeoutS: number): Promise<void> {
  const { signal, print } = context
  const show = await progressOn(context)
  const deadline = Date.now() + timeoutS * 1000
  const goesOn = `The deployment goes on. See \`shellwego deployments get ${id}\`.`
  try {
    for (;;) {
      const deployment = await dataOf(client.GET('/v1/deployments/{deployment_id}', { params: { path: { deployment_id: id } } }))
      show(deployment)
      if (deployment.state === 'succeeded') return await print.done(`Deployed ${deployment.image} as release ${deployment.release}.`, deployment)
      if (OVER.has(deployment.state)) throw failureOf(deployment)
      if (Date.now() >= deadline) throw new CommandFailure(EXIT.timeout, 'timeout', `Not live after ${timeoutS} s. ${goesOn}`)
      await sleep(Math.min(POLL_MS, Math.max(1, deadline - Date.now())), undefined, { signal })
    }
  } catch (error) {
    if (signal.aborted) print.note(goesOn)
    throw error
  }
}
