import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser'
import type { PasskeyAssertion, PasskeyRegistration } from '../../server/contract/sign-in.ts'
import { PasskeyRefusal } from './passkey-refusal.ts'

type RequestOptions = Parameters<typeof startAuthentication>[0]['optionsJSON']
type CreationOptions = Parameters<typeof startRegistration>[0]['optionsJSON']

/** The browser never says more than that nothing was chosen. */
const worded = (error: unknown): PasskeyRefusal => {
  if (!browserSupportsWebAuthn()) return new PasskeyRefusal('This browser cannot use passkeys. Use another way.', { cause: error })
  const name = error instanceof Error ? error.name : ''
  if (name === 'InvalidStateError') return new PasskeyRefusal('This device holds a passkey of your account already.', { cause: error })
  if (name === 'SecurityError') return new PasskeyRefusal('Passkeys do not work under this address.', { cause: error })
  return new PasskeyRefusal('No passkey was used: the dialog was closed, or it took too long. Try again, or use another way.', { cause: error })
}

/** The options are the portal's own, passed on as they came. */
export const assertPasskey = async (options: unknown): Promise<PasskeyAssertion> => {
  const { response, ...rest } = await startAuthentication({ optionsJSON: options as RequestOptions }).catch((error: unknown) => {
    throw worded(error)
  })
  return { ...rest, type: 'public-key', clientExtensionResults: { ...rest.clientExtensionResults }, response }
}

export const makePasskey = async (options: unknown): Promise<PasskeyRegistration> => {
  const { response, ...rest } = await startRegistration({ optionsJSON: options as CreationOptions }).catch((error: unknown) => {
    throw worded(error)
  })
  const { clientDataJSON, attestationObject, transports } = response
  return {
    ...rest,
    type: 'public-key',
    clientExtensionResults: { ...rest.clientExtensionResults },
    response: { clientDataJSON, attestationObject, ...(transports === undefined ? {} : { transports }) },
  }
}
