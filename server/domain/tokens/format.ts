import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { TokenKind } from '../../contract/token.ts'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const RANDOM_LENGTH = 30
const CHECKSUM_LENGTH = 6
const PATTERN = /^(pat|sat|temp)_shellwego_([0-9A-Za-z]{30})([0-9A-Za-z]{6})$/

/** 178 random bits; a byte above the last multiple of 62 is drawn again, so that every character is equally likely. */
const randomBase62 = (): string => {
  let text = ''
  while (text.length < RANDOM_LENGTH) {
    for (const byte of randomBytes(RANDOM_LENGTH)) if (byte < 248 && text.length < RANDOM_LENGTH) text += BASE62.charAt(byte % 62)
  }
  return text
}

const checksumOf = (body: string): string => {
  let [rest, text] = [crc32(body), '']
  for (let i = 0; i < CHECKSUM_LENGTH; i += 1) {
    text = BASE62.charAt(rest % 62) + text
    rest = Math.floor(rest / 62)
  }
  return text
}

/** `<kind>_shellwego_<30 random><6 checksum>`: scanners find it by its shape and know a real one by the checksum, without asking us. */
export const newTokenText = (kind: TokenKind): string => {
  const body = `${kind}_shellwego_${randomBase62()}`
  return body + checksumOf(body)
}

/** The kind of a well-formed token; null for anything else, which then costs no question to the database. */
export const kindOfToken = (text: string): TokenKind | null => {
  const [, kind, , checksum] = PATTERN.exec(text) ?? []
  if (checksum === undefined || checksumOf(text.slice(0, -CHECKSUM_LENGTH)) !== checksum) return null
  return kind as TokenKind
}
