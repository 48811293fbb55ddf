import { createTemporaryToken, createToken, getToken, listTokens, revokeToken, rotateToken, updateToken } from './personal-tokens.ts'
import {
  createServiceAccountToken, getServiceAccountToken, listServiceAccountTokens, renameServiceAccountToken, revokeServiceAccountToken, rotateServiceAccountToken,
} from './service-account-tokens.ts'
import { revokeAnyToken } from './revoke-any-token.ts'
import { createServiceAccount, deleteServiceAccount, getServiceAccount, listServiceAccounts, updateServiceAccount } from './service-accounts.ts'

export { issueToken } from './issue-token.ts'
export { resolveToken } from './resolve-token.ts'
export {
  createServiceAccount, createServiceAccountToken, createTemporaryToken, createToken, deleteServiceAccount, getServiceAccount, getServiceAccountToken, getToken,
  listServiceAccounts, listServiceAccountTokens, listTokens, renameServiceAccountToken, revokeServiceAccountToken, revokeToken, rotateServiceAccountToken,
  rotateToken, updateServiceAccount, updateToken,
}
export const operations = [
  listTokens, getToken, createToken, createTemporaryToken, updateToken, revokeToken, revokeAnyToken, rotateToken,
  listServiceAccounts, getServiceAccount, createServiceAccount, updateServiceAccount, deleteServiceAccount,
  listServiceAccountTokens, getServiceAccountToken, createServiceAccountToken, renameServiceAccountToken, revokeServiceAccountToken, rotateServiceAccountToken,
]
