import { NODE_ABILITIES } from '../../contract/node-api/v1.ts'
import { NodeFault } from '../../domain/nodes/index.ts'

const MAX_WAIT_S = 300

export interface PollQuestion {
  index: number
  /** Null: the agent takes any epoch. */
  epoch: string | null
  /** The agent takes what changed for an answer. */
  changes: boolean
  waitMs: number
}

/** What a newer agent says beyond it means nothing here yet. */
export const readAbilities = (url: URL): string[] => {
  const said = new Set(url.searchParams.get('can')?.split(','))
  return NODE_ABILITIES.filter((ability) => said.has(ability))
}

const ETAG = /^(?:W\/)?"([\w-]{1,64}):(\d{1,15})"$/

/** `?index=41&wait=55s&changes=1` and `If-None-Match: "<epoch>:41"`. The jitter keeps agents from coming back in step. */
export const readQuestion = (url: URL, ifNoneMatch: string | undefined, random: () => number = Math.random): PollQuestion => {
  const index = Number(url.searchParams.get('index') ?? '0')
  if (!Number.isSafeInteger(index) || index < 0) throw new NodeFault('bad_request', 'index must be a whole number.')
  const waitS = Number(/^(\d{1,5})s$/.exec(url.searchParams.get('wait') ?? '55s')?.[1] ?? Number.NaN)
  if (Number.isNaN(waitS)) throw new NodeFault('bad_request', 'wait must be seconds like 55s.')
  const tag = ifNoneMatch === undefined ? null : ETAG.exec(ifNoneMatch)
  if (ifNoneMatch !== undefined && !tag) throw new NodeFault('bad_request', 'If-None-Match must be "<epoch>:<index>".')
  const boundedS = Math.min(waitS, MAX_WAIT_S)
  return { index, epoch: tag?.[1] ?? null, changes: url.searchParams.get('changes') === '1', waitMs: Math.round((boundedS + (random() * boundedS) / 16) * 1000) }
}
