import type { OrgContext } from '../../../core/context.ts'
import { notFound } from '../../../core/error.ts'
import type { Frozen, FrozenConfig } from './diff.ts'

const PARTS = { secrets: { include: { secretVersion: { select: { secret: { select: { name: true, deletedAt: true } } } } } } } as const

/** To load is to authorise: another organization's release, or that of an app the caller may not see, is not found. */
export const loadRelease = async (ctx: Pick<OrgContext, 'db'>, releaseId: string) => {
  const release = await ctx.db.release.findFirst({ where: { id: releaseId, app: { deletedAt: null } }, include: PARTS })
  if (!release) throw notFound('release')
  return release
}
export type LoadedRelease = Awaited<ReturnType<typeof loadRelease>>

export const configOf = (release: { config: unknown }): FrozenConfig => release.config as FrozenConfig

export const frozen = (release: LoadedRelease): Frozen => ({
  image: release.image, digest: release.digest, config: configOf(release),
  secrets: new Map(release.secrets.map(({ name, secretId, version }) => [name, { secretId, version }])),
})

interface Refusal { code: string; message: string }

/** Why nobody can go back to it; null when one can. */
export const whyNot = (release: LoadedRelease, app: { currentReleaseId: string | null; deployments: { state: string }[] }): Refusal | null => {
  const busy = ['queued', 'running'].includes(app.deployments[0]?.state ?? '')
  if (release.id === app.currentReleaseId && !busy) return { code: 'serving', message: `Release ${release.number} is what serves.` }
  if (release.id === app.currentReleaseId) return { code: 'serving', message: `Release ${release.number} serves until the deployment under way has ended. Cancel that to stay with it.` }
  if (!release.servedAt) return { code: 'never_served', message: `Release ${release.number} never served, so nothing says that it works.` }
  if (release.retiredAt) return { code: 'not_kept', message: `Release ${release.number} is no longer kept. Deploy its image instead.` }
  const lost = release.secrets.filter((s) => s.secretVersion.secret.deletedAt).map((s) => s.secretVersion.secret.name)
  return lost.length === 0 ? null
    : { code: 'secret_deleted', message: `Release ${release.number} ran with ${lost.join(', ')}, which ${lost.length === 1 ? 'was' : 'were'} deleted since. Create ${lost.length === 1 ? 'it' : 'them'} again and deploy its image.` }
}
