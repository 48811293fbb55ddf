import { cancelDeployment } from './cancel-deployment.ts'
import { createApp } from './create-app.ts'
import { getApp, listApps } from './read-apps.ts'
import { getDeployment, listDeployments } from './read-deployments.ts'
import { compareRelease } from './releases/compare-release.ts'
import { listReleases } from './releases/list-releases.ts'
import { rollBackApp } from './releases/roll-back-app.ts'
import { promoteDeployment } from './promote-deployment.ts'
import { deleteApp, restartApp, scaleApp, startApp, stopApp } from './run-app.ts'
import { appJobs } from './roll-out-secrets.ts'
import { deployApp, updateApp } from './update-app.ts'

export { plainEnv, type StoredEnv } from './environment.ts'
export { haltApp, retireApp, startAgain } from './end-app.ts'
export { insertApp } from './create-app.ts'
export { queueDeployment, type DeployContext } from './queue-deployment.ts'
export { isHealthy } from './wire.ts'
export { loadApp } from './load-app.ts'
export { setReplicas } from './set-replicas.ts'
export { fromMib, toMib, toSeconds } from './sizes.ts'
export { subscribeApps } from './roll-out-secrets.ts'
export { cancelDeployment, compareRelease, listReleases, promoteDeployment, rollBackApp }
export { createApp, deleteApp, deployApp, getApp, getDeployment, listApps, listDeployments, restartApp, scaleApp, startApp, stopApp, updateApp }
export const operations = [createApp, listApps, getApp, updateApp, deleteApp, scaleApp, startApp, stopApp, restartApp, deployApp,
  listDeployments, getDeployment, cancelDeployment, promoteDeployment, listReleases, compareRelease, rollBackApp]
export const jobs = appJobs
