import { subscribe } from '../../core/event.ts'
import { advanceApp } from './advance-app.ts'
import { advanceDrain } from './drains/advance-drain.ts'
import { drainNode } from './drains/drain-node.ts'
import { previewDrain } from './drains/preview-drain.ts'
import { cancelDrain, getDrain } from './drains/read-drain.ts'
import { deleteNode } from './drains/remove-node.ts'
import { sweepApps } from './sweep.ts'

/** Whatever may change what an app should run wakes the one engine. */
export const subscribeDeployments = (): void => {
  for (const type of ['deployment.queued', 'deployment.cancelled', 'deployment.promoted', 'app.scaled', 'app.stopped', 'app.deleted', 'instance.changed']) subscribe(type, advanceApp)
}
export { cancelDrain, deleteNode, drainNode, getDrain, previewDrain }
export const operations = [drainNode, previewDrain, getDrain, cancelDrain, deleteNode]
export const jobs = [advanceApp, sweepApps, advanceDrain]
