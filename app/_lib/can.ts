import { appCan } from '../../server/contract/app.ts'
import { rolesWith, type Permission } from '../../server/contract/permission.ts'
import type { AppStatus, Role } from './wire.ts'

export { can } from '../../server/contract/permission.ts'

const names: Record<Role, string> = {
  owner: 'the owner',
  admin: 'an admin',
  developer: 'a developer',
  viewer: 'a viewer',
  billing: 'a billing member',
}

/** Only for what the console offers; the portal decides again on every call. */
export const grantedBy = (permission: Permission): string =>
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
