import { subscribe } from '../../core/event.ts'
import { addDomain } from './add-domain.ts'
import { forgetApp, forgetOrganization } from './forget-domains.ts'
import { getDomain, listDomains } from './read-domains.ts'
import { recheckDomains } from './recheck-domains.ts'
import { removeDomain } from './remove-domain.ts'
import { updateDomain } from './update-domain.ts'
import { verifyDomain } from './verify-domain.ts'

export { addDomain, getDomain, listDomains, removeDomain, updateDomain, verifyDomain }
export const operations = [listDomains, addDomain, getDomain, updateDomain, removeDomain]
export const composites = [verifyDomain]
export const jobs = [recheckDomains, forgetApp, forgetOrganization]
export const crontab = ['29 * * * * domains.recheck']
export const subscribeDomains = (): void => {
  subscribe('app.deleted', forgetApp)
  subscribe('organization.deleted', forgetOrganization)
}
