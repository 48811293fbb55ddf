import { appCan } from '../../server/contract/app.ts'
import { isAppPermission, may, mayAnywhere, rolesWith, type Permission } from '../../server/contract/permission.ts'
import type { AppStatus, Organization, Role } from './wire.ts'

const names: Record<Role, string> = {
  owner: 'the owner',
  admin: 'an admin',
  developer: 'a developer',
  viewer: 'a viewer',
  billing: 'a billing member',
}

/** May the viewer do this with that app, or without one in the whole organization? Only for what the console offers; the portal decides again. */
export const can = (org: Organization, permission: Permission, appId?: string): boolean => may(org, permission, appId)

/** May the viewer open the list, be it of some apps only? */
export const canSome = (org: Organization, permission: Permission): boolean => mayAnywhere(org, permission)

/** Why not, and whom to ask; for a disabled control. Null when the viewer may. */
export const refusedBecause = (org: Organization, permission: Permission, appId?: string): string | null => {
  if (can(org, permission, appId)) return null
  if (isAppPermission(permission) && canSome(org, permission)) return 'You may do this only with the apps you were given. Ask an admin.'
  return grantedBy(permission)
}

const grantedBy = (permission: Permission): string =>
  `Your role does not allow this. Ask ${new Intl.ListFormat('en', { type: 'disjunction' }).format(rolesWith(permission).map((role) => names[role]))}.`

const reasons: Record<keyof typeof appCan, (status: AppStatus) => string> = {
  start: () => 'The app is not stopped.',
  stop: (status) => (status === 'stopping' ? 'The app is stopping already.' : 'The app is stopped already.'),
  restart: (status) => (status === 'deploying' ? 'Wait until the deployment has finished.' : 'Start the app first.'),
  scale: () => 'The app cannot be scaled now.',
  deploy: () => 'The app cannot be deployed now.',
  delete: () => 'The app cannot be deleted now.',
}

/** Why an act is not open in this state, or null when it is: the same table as the portal's. */
export const blockedBecause = (act: keyof typeof appCan, status: AppStatus): string | null =>
  appCan[act](status) ? null : reasons[act](status)
