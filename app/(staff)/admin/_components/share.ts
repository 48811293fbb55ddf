/** "0.075" as people write it, and back; text only, so that nothing is rounded on the way. */
const SHIFT = 2

export const toPercent = (fraction: string): string => {
  const [whole = '0', rest = ''] = fraction.split('.')
  const digits = whole + rest.padEnd(SHIFT, '0').slice(0, SHIFT)
  const after = rest.slice(SHIFT).replace(/0+$/, '')
  return `${BigInt(digits)}${after === '' ? '' : `.${after}`}`
}

/** Null for what is no share between nothing and all, or finer than four decimals of a per cent. */
export const fromPercent = (text: string): string | null => {
  const match = /^(\d{1,3})(?:\.(\d{1,4}))?$/.exec(text.trim().replace(',', '.'))
  if (!match) return null
  const [, whole = '', rest = ''] = match
  const digits = whole.padStart(SHIFT + 1, '0')
  const fraction = `${BigInt(digits.slice(0, -SHIFT))}.${digits.slice(-SHIFT)}${rest}`.replace(/\.?0+$/, '')
  return /^(0(\.\d{1,6})?|1)$/.test(fraction === '' ? '0' : fraction) ? fraction || '0' : null
}
