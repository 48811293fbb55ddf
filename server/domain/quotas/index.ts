import { getQuotas, getQuotasOf } from './read-quotas.ts'
import { setQuotas } from './set-quotas.ts'

export { allowedBandwidth, lockOrganization } from './measure.ts'
export { placeFor, registerAdmission, withinQuotas, type Admission } from './within-quotas.ts'
export { getQuotas, getQuotasOf, setQuotas }
export const operations = [getQuotas, getQuotasOf, setQuotas]
