import { subscribe } from '../../core/event.ts'
import { registerSignInPolicy } from '../auth/index.ts'
import { enforceSso, getSso, removeSso, saveSso } from './connection.ts'
import { addSsoDomain, listSsoDomains, removeSsoDomain, verifySsoDomain } from './domains.ts'
import { endOtherSessions } from './end-sessions.ts'
import { finishSso } from './finish.ts'
import { ssoPolicy } from './policy.ts'
import { forgetSso } from './forget-organization.ts'
import { recheckDomains } from './recheck-domains.ts'
import { discoverSso, startSso, testSso } from './start.ts'

export { addSsoDomain, discoverSso, enforceSso, finishSso, getSso, listSsoDomains, removeSso, removeSsoDomain, saveSso, startSso, testSso, verifySsoDomain }
export const operations = [getSso, removeSso, enforceSso, listSsoDomains, addSsoDomain, removeSsoDomain, discoverSso]
export const composites = [saveSso, verifySsoDomain, startSso, testSso, finishSso]
export const jobs = [endOtherSessions, recheckDomains, forgetSso]
export const crontab = ['41 4 * * * sso.recheck_domains']
export const subscribeSso = (): void => {
  registerSignInPolicy(ssoPolicy)
  subscribe('organization.deleted', forgetSso)
}
