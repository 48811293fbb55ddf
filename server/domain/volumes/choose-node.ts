import type { OrgContext } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { runtime } from '../../core/runtime.ts'
import { listVolumeNodes } from '../nodes/index.ts'
import { placeVolume } from './rules/place-volume.ts'

/** Its fence process runs, and its agent knows what strict means. */
export const nodeFences = async (nodeId: string): Promise<boolean> => (await listVolumeNodes()).some((node) => node.id === nodeId && node.fences)

/** Where a new volume goes; `mustBe`: where its content is, or the app's other volumes are. */
export const chooseNode = async (ctx: OrgContext, sizeMib: number, mustBe: string | null, mode = 'pinned'): Promise<string> => {
  const org = await ctx.db.organization.findFirstOrThrow({ select: { regions: true, trusted: true } })
  const mayBeEmulated = org.trusted || runtime().env.SHELLWEGO_MODE === 'sandbox'
  const placement = placeVolume(await listVolumeNodes(), sizeMib, { regions: org.regions, mayBeEmulated, mustBe, mustFence: mode === 'strict' })
  if ('refusal' in placement) throw new DomainError('no_capacity', placement.refusal)
  return placement.nodeId
}
