import { cancelEmailChange, confirmEmailChange, requestEmailChange, undoEmailChange } from './change-email.ts'
import { changePassword } from './change-password.ts'
import { completeSignIn, secondFactorPasskeyOptions } from './complete-sign-in.ts'
import { createUser } from './create-user.ts'
import { getMe } from './get-me.ts'
import { getSecurity } from './get-security.ts'
import { listAccounts, resetSecondFactor } from './lost-factor.ts'
import { requestSignInLink, signInWithLink } from './magic-link.ts'
import { passkeySignInOptions, signInWithPasskey } from './passkey-sign-in.ts'
import { addPasskey, getPasskey, removePasskey, renamePasskey, startPasskey } from './passkeys.ts'
import { pruneAuth } from './prune.ts'
import { reauthenticate, reauthenticationOptions } from './reauthenticate.ts'
import { regenerateRecoveryCodes } from './recovery-codes.ts'
import { requestPasswordReset, resetPassword } from './reset-password.ts'
import { setupOperator, setupStatus } from './setup.ts'
import { createToken, signIn } from './sign-in.ts'
import { listSessions, revokeOtherSessions, revokeSession, signOut, signOutEverywhere } from './sign-out.ts'
import { confirmTotp, removeTotp, startTotp } from './totp.ts'
import { updateProfile } from './update-profile.ts'
import { resendVerification, verifyEmail } from './verify-email.ts'

export { actorOfToken, endSessionOfToken, sessionOfToken, startSession } from './sessions.ts'
export { insertUser } from './create-user.ts'
export { isReserved } from './change-email.ts'
/** For single sign-on: the policy says who signs in elsewhere, and whoever comes back from there is let in. */
export { finishSignIn } from './finish-sign-in.ts'
export { refuseElsewhere, registerSignInPolicy, type SignInPolicy, type SignInQuestion } from './sign-in-policy.ts'
export { throttle } from './throttle.ts'
export { prepareSetup } from './setup.ts'
export {
  listAccounts, resetSecondFactor,
  addPasskey, cancelEmailChange, changePassword, completeSignIn, confirmEmailChange, confirmTotp, createToken, createUser, getMe, getPasskey, getSecurity,
  listSessions,
  passkeySignInOptions, reauthenticate, reauthenticationOptions, regenerateRecoveryCodes, removePasskey, removeTotp, renamePasskey, requestEmailChange,
  requestPasswordReset, requestSignInLink, resendVerification, resetPassword, revokeOtherSessions, revokeSession, secondFactorPasskeyOptions, setupOperator,
  setupStatus, signIn, signInWithLink, signInWithPasskey, signOut, signOutEverywhere, startPasskey, startTotp, undoEmailChange, updateProfile, verifyEmail,
}
export const operations = [
  listAccounts, resetSecondFactor,
  createUser, getMe, updateProfile, getSecurity, createToken, signIn, completeSignIn, secondFactorPasskeyOptions, passkeySignInOptions, signInWithPasskey,
  requestSignInLink, signInWithLink, signOut, signOutEverywhere, listSessions, revokeSession, revokeOtherSessions, reauthenticationOptions, reauthenticate,
  startTotp, confirmTotp, removeTotp, regenerateRecoveryCodes, startPasskey, addPasskey, getPasskey, renamePasskey, removePasskey, changePassword,
  requestEmailChange,
  cancelEmailChange, confirmEmailChange, undoEmailChange, verifyEmail, resendVerification, requestPasswordReset, resetPassword, setupStatus, setupOperator,
]
export const jobs = [pruneAuth]
