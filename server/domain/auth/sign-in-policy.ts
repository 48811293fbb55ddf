import { DomainError } from '../../core/error.ts'

type SignInMethod = 'password' | 'magic_link' | 'passkey' | 'token' | 'sign_up'
export interface SignInQuestion {
  /** Lower case, as stored. */
  email: string
  brandId: string
  /** Null until the person proved who they are: an answer that depended on the account would tell that it exists. */
  userId: string | null
  method: SignInMethod
}
/** Null: go on. Else the address, on this console, where this person signs in instead. */
export type SignInPolicy = (question: SignInQuestion) => Promise<{ redirect: string } | null>

const policies: SignInPolicy[] = []

/** Asked twice per sign-in: before anything is checked (`userId` null), and again for the account that proved itself. */
export const registerSignInPolicy = (policy: SignInPolicy): void => {
  if (!policies.includes(policy)) policies.push(policy)
}

export const redirectOf = async (question: SignInQuestion): Promise<string | null> => {
  for (const policy of policies) {
    const answer = await policy(question)
    if (answer) return answer.redirect
  }
  return null
}

/** For callers that no page can carry elsewhere. */
export const refuseElsewhere = async (question: SignInQuestion): Promise<void> => {
  if (await redirectOf(question)) throw new DomainError('sso_required', 'Your organization signs in by single sign-on. Use it in the console.')
}
