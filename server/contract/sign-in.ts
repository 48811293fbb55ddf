import { z } from 'zod'
import { Etag } from './etag.ts'
import { Instant } from './time.ts'
import { plainLine, User } from './user.ts'

const SECOND_FACTOR_METHODS = ['totp', 'passkey', 'recovery_code'] as const
export type SecondFactorMethod = (typeof SECOND_FACTOR_METHODS)[number]

/** Exactly one of the three is there. */
export const SignInOutcome = z.object({
  user: User.nullable().describe('Signed in'),
  second_factor: z.object({ token: z.string(), methods: z.array(z.enum(SECOND_FACTOR_METHODS)), expires_at: Instant }).nullable()
    .describe('The second step: prove one of these methods with the token'),
  redirect: z.string().nullable().describe('Where this person signs in instead, on this console'),
})
export type SignInOutcome = z.infer<typeof SignInOutcome>

/** Six digits of an authenticator app, or a recovery code; blanks and hyphens do not matter. */
export const SecondFactorCode = z.string().max(60).transform((code) => code.replace(/[\s-]/g, '').toLowerCase())
  .pipe(z.string().min(1, 'Enter the code.').max(30)).describe('secret')

const Base64Url = (max: number) => z.string().min(1).max(max).regex(/^[\w-]+=*$/, 'Must be base64url.')
const Extensions = z.record(z.string().max(60), z.unknown())

/** What a browser's authenticator answers when it makes a passkey. */
export const PasskeyRegistration = z.object({
  id: Base64Url(1400), rawId: Base64Url(1400), type: z.literal('public-key'), authenticatorAttachment: z.enum(['platform', 'cross-platform']).nullish(),
  clientExtensionResults: Extensions,
  response: z.object({
    clientDataJSON: Base64Url(4000), attestationObject: Base64Url(20_000), transports: z.array(z.string().max(30)).max(10).optional(),
  }),
})
export type PasskeyRegistration = z.infer<typeof PasskeyRegistration>

/** What it answers when it uses one. */
export const PasskeyAssertion = z.object({
  id: Base64Url(1400), rawId: Base64Url(1400), type: z.literal('public-key'), authenticatorAttachment: z.enum(['platform', 'cross-platform']).nullish(),
  clientExtensionResults: Extensions,
  response: z.object({
    clientDataJSON: Base64Url(4000), authenticatorData: Base64Url(4000), signature: Base64Url(4000), userHandle: Base64Url(200).nullish(),
  }),
})
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>

/** Options for the browser, passed on as the WebAuthn library made them. */
export const CeremonyOptions = z.looseObject({ challenge: z.string() })

export const PasskeyName = plainLine(60, 'Give it a name.')

export const PasskeyInfo = z.object({
  id: z.string(), name: z.string(), host: z.string().describe('Host name it works under'), usable_here: z.boolean(),
  backed_up: z.boolean().describe('Synchronised by its provider'), created_at: Instant, last_used_at: Instant.nullable(), etag: Etag,
})
export type PasskeyInfo = z.infer<typeof PasskeyInfo>

export const AccountSecurity = z.object({
  password: z.object({ set: z.boolean(), changed_at: Instant.nullable() }),
  totp: z.object({ enabled: z.boolean(), since: Instant.nullable() }),
  passkeys: z.array(PasskeyInfo),
  recovery_codes_left: z.number().int(),
  session: z.object({ mfa: z.boolean().describe('A second factor was proven in this session') }),
  email_change: z.object({ new_email: z.string(), expires_at: Instant }).nullable().describe('Waits for the new address to be confirmed'),
})
