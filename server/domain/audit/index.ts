import { anchorChains, expireAudit } from './anchors.ts'
import { exportAudit } from './export-audit.ts'
import { endImpersonation, impersonate, openImpersonation } from './impersonation.ts'
import { auditFacets, listAudit } from './read-audit.ts'
import { verifyAudit } from './verify.ts'

export { auditFacets, endImpersonation, impersonate, listAudit, openImpersonation, verifyAudit }
export const operations = [listAudit, auditFacets, impersonate, openImpersonation, endImpersonation]
export const composites = [verifyAudit]
export const files = [exportAudit]
export const jobs = [anchorChains, expireAudit]
export const crontab = ['*/10 * * * * audit.anchor', '23 3 * * * audit.expire']
