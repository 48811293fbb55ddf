import type { OrgContext } from '../../core/context.ts'
import { ruleViolated } from '../../core/error.ts'

interface Reach { port: number | null; public: boolean }

/** Only what a request can wake may sleep; `volume` is one the app has. */
export const sleepSetting = (minutes: number | null, { port, public: isPublic }: Reach, volume: { name: string } | null): number | null => {
  if (minutes === null) return null
  if (port === null || !isPublic) {
    throw ruleViolated('/sleep_after_minutes', 'not_reachable', 'Only a request from outside wakes an app that sleeps, and none reaches this one. Give it a port and a public address, or leave it awake.')
  }
  if (volume) {
    throw ruleViolated('/sleep_after_minutes', 'volume_attached', `The app has the volume ${volume.name}, whose snapshots and backups need its file system awake. Detach it, or leave the app awake.`)
  }
  return minutes
}

/** Of one app, with what else one call changes; what is left out stays as it is. */
export const sleepOf = async (
  ctx: Pick<OrgContext, 'db'>, app: { id: string; sleepAfterMinutes: number | null }, change: Reach & { minutes: number | null | undefined },
): Promise<number | null> => {
  const minutes = change.minutes === undefined ? app.sleepAfterMinutes : change.minutes
  const volume = minutes === null ? null : await ctx.db.volume.findFirst({ where: { appId: app.id }, select: { name: true } })
  return sleepSetting(minutes, change, volume)
}
