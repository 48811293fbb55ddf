import { subscribe } from '../../core/event.ts'
import { addDomain } from './add-domain.ts'
import { removeCertificate, uploadCertificate } from './certificate.ts'
import { forgetApp, forgetOrganization } from './forget-domains.ts'
import { obtainCertificates } from './obtain-certificates.ts'
import { getDomain, listDomains } from './read-domains.ts'
import { listHeldHostnames, releaseHeldHostname } from './held-hostnames.ts'
import { recheckDomains } from './recheck-domains.ts'
import { removeDomain } from './remove-domain.ts'
import { updateDomain } from './update-domain.ts'
import { verifyDomain } from './verify-domain.ts'
import { watchCertificates } from './watch-certificates.ts'

export { setIssuing } from './ports.ts'
export { listHeldHostnames, releaseHeldHostname }
export { addDomain, getDomain, listDomains, removeCertificate, removeDomain, updateDomain, uploadCertificate, verifyDomain }
export const operations = [
  listDomains, addDomain, getDomain, updateDomain, removeDomain, uploadCertificate, removeCertificate, listHeldHostnames, releaseHeldHostname,
]
export const composites = [verifyDomain]
export const jobs = [recheckDomains, watchCertificates, obtainCertificates, forgetApp, forgetOrganization]
export const crontab = ['29 * * * * domains.recheck', '31 * * * * domains.watch_certificates', '37 * * * * domains.obtain_certificates']
export const subscribeDomains = (): void => {
  subscribe('domain.verified', obtainCertificates)
  subscribe('app.deleted', forgetApp)
  subscribe('organization.deleted', forgetOrganization)
}
