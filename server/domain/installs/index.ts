import { subscribe } from '../../core/event.ts'
import { advanceInstall } from './advance-install.ts'
import { createInstall } from './create-install.ts'
import { getInstall, listInstalls } from './read-installs.ts'
import { undoInstall } from './undo-install.ts'

export const subscribeInstalls = (): void => {
  for (const type of ['install.created', 'deployment.succeeded', 'deployment.failed', 'deployment.cancelled']) subscribe(type, advanceInstall)
}
export { createInstall, getInstall, listInstalls, undoInstall }
export const operations = [createInstall, listInstalls, getInstall, undoInstall]
export const jobs = [advanceInstall]
