import { rolesWith, type Permission } from '../../server/contract/permission.ts'
import type { AppStatus, Role } from './wire.ts'

export { can } from '../../server/contract/permission.ts'

const names: Record<Role, string> = { owner: 'the owner', admin: 'an admin', developer: 'a developer', viewer: 'a viewer', billing: 'a billing member' }

/** Only for what the console offers; the portal decides again on every call. */
export const grantedBy = (permission: Permission): string =>
  `Your role does not allow this. Ask ${new Intl.ListFormat('en', { type: 'disjunction' }).format(rolesWith(permission).map((role) => names[role]))}.`

export type AppAct = 'start' | 'stop' | 'scale' | 'redeploy'

const moving = new Set<AppStatus>(['deploying', 'stopping', 'deleting'])

/** Why an act is not open in this state, or null when it is. */
export function blockedBecause(act: AppAct, status: AppStatus): string | null {
  if (status === 'deleting') return 'The app is being deleted.'
  if (act === 'start') return status === 'stopped' || status === 'paused' ? null : 'The app is not stopped.'
  if (act === 'stop') return status === 'stopped' || status === 'stopping' ? 'The app is already stopped.' : null
  if (moving.has(status)) return 'Wait until the current change has finished.'
  return act === 'scale' && status === 'stopped' ? 'Start the app first.' : null
}
