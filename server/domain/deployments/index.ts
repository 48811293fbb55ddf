import { subscribe } from '../../core/event.ts'
import { advanceApp } from './advance-app.ts'
import { sweepApps } from './sweep.ts'

/** Whatever may change what an app should run wakes the one engine. */
export const subscribeDeployments = (): void => {
  for (const type of ['deployment.queued', 'app.scaled', 'app.stopped', 'app.deleted', 'instance.changed']) subscribe(type, advanceApp)
}
export const operations = []
export const jobs = [advanceApp, sweepApps]
