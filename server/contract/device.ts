import { z } from 'zod'
import { PermissionName } from './permission.ts'
import { Instant } from './time.ts'

/** Consonants that no two people read differently: nothing that looks like a digit, no vowels that make words (RFC 8628, 6.1). */
export const USER_CODE_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'
export const USER_CODE_LENGTH = 8
/** How long a token lives that a device was given. */
export const DEVICE_TOKEN_DAYS = 90

/** As people type it: in any case, with hyphens and spaces wherever they like. */
export const UserCode = z.string().max(40).transform((text) => text.toUpperCase().replace(/[\s-]/g, ''))
  .pipe(z.string().regex(new RegExp(`^[${USER_CODE_LETTERS}]{${USER_CODE_LENGTH}}$`), 'Enter the eight letters your device shows, like BCDF-GHJK.'))

export const writtenUserCode = (code: string): string => `${code.slice(0, USER_CODE_LENGTH / 2)}-${code.slice(USER_CODE_LENGTH / 2)}`

/** What whoever approves it gets to see. */
export const DeviceRequest = z.object({
  user_code: z.string(), client_name: z.string().describe('What the program calls itself'), ip: z.string().nullable(), user_agent: z.string().nullable(),
  scopes: z.array(PermissionName).describe('Permissions it asks for; empty = everything you may do'),
  created_at: Instant, expires_at: Instant, token_days: z.number().int().describe('How long its token will live'),
})
export type DeviceRequest = z.infer<typeof DeviceRequest>
