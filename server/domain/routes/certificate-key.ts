import { seal, unseal } from '../../core/crypto.ts'
import { runtime } from '../../core/runtime.ts'

/** Nobody is ever shown it again; edges get it sealed under the organization's data key. */
const placeOf = (domainId: string): string => `domain/${domainId}/certificate_key`

export const sealKey = (domainId: string, pem: string): string => seal(runtime().env.masterKey, pem, placeOf(domainId))
export const openKey = (domainId: string, sealed: string): string => unseal(runtime().env.masterKey, sealed, placeOf(domainId))
