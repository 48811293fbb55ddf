import { randomBytes } from 'node:crypto'
import { USER_CODE_LENGTH, USER_CODE_LETTERS } from '../../contract/device.ts'

const LIMIT = 256 - (256 % USER_CODE_LETTERS.length)

/** 34.6 random bits; a byte above the last multiple of 20 is drawn again, so that every letter is equally likely. */
export const newUserCode = (): string => {
  let code = ''
  while (code.length < USER_CODE_LENGTH) {
    for (const byte of randomBytes(USER_CODE_LENGTH * 2)) {
      if (byte < LIMIT && code.length < USER_CODE_LENGTH) code += USER_CODE_LETTERS.charAt(byte % USER_CODE_LETTERS.length)
    }
  }
  return code
}
