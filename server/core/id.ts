import { randomBytes } from 'node:crypto'
import { ID_PREFIX, type IdKind } from '../contract/id.ts'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** 9 characters that rise with time (dense indexes), then 70 random bits. */
export const newId = (kind: IdKind): string => `${ID_PREFIX[kind]}_${timeText(Date.now())}${randomText(14)}`

const timeText = (ms: number): string =>
  Array.from({ length: 9 }, (_, i) => ALPHABET[Math.floor(ms / 32 ** (8 - i)) % 32]).join('')

/** Random lower-case text of `length` characters, 5 bits each. */
export const randomText = (length: number): string => [...randomBytes(length)].map((b) => ALPHABET[b & 31]).join('')
