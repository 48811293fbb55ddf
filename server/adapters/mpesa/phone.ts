/** Mobile numbers of Kenya: 07.. and 01.. at home, +2547.. and +2541.. from abroad, with whatever people put between the digits. */
const MOBILE = /^(?:\+?254|00254|0)?([17]\d{8})$/

/** `0712 345 678` -> `+254712345678`; null where it is no mobile number of Kenya. */
export function kenyanMobile(text: string): string | null {
  const subscriber = MOBILE.exec(text.trim().replace(/[\s().-]/g, ''))?.[1]
  return subscriber === undefined ? null : `+254${subscriber}`
}

/** As Daraja wants it: without the plus. */
export const msisdn = (international: string): string => international.replace(/^\+/, '')
