import { createUser } from './create-user.ts'
import { getMe } from './get-me.ts'
import { requestPasswordReset, resetPassword } from './reset-password.ts'
import { setupOperator, setupStatus } from './setup.ts'
import { createToken, signIn } from './sign-in.ts'
import { listSessions, revokeSession, signOut, signOutEverywhere } from './sign-out.ts'
import { resendVerification, verifyEmail } from './verify-email.ts'

export { actorOfToken, endSessionOfToken, sessionOfToken, startSession } from './sessions.ts'
export { insertUser } from './create-user.ts'
export { prepareSetup } from './setup.ts'
export {
  createToken, createUser, getMe, listSessions, requestPasswordReset, resendVerification, resetPassword, revokeSession, setupOperator, setupStatus,
  signIn, signOut, signOutEverywhere, verifyEmail,
}
export const operations = [
  createUser, getMe, createToken, signIn, signOut, signOutEverywhere, listSessions, revokeSession, verifyEmail, resendVerification,
  requestPasswordReset, resetPassword, setupStatus, setupOperator,
]
