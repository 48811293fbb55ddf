/** ISO 11649 creditor reference: `RF`, two check digits, up to 21 letters and digits. What a customer writes on a bank transfer. */
const BODY = /^[A-Z0-9]{1,21}$/
const REFERENCE = /^RF\d{2}[A-Z0-9]{1,21}$/
/** Banks print it in groups, in either case, between other words. */
const WRITTEN = /R[\s-]?F[\s-]?(?:\d[\s-]?){2}(?:[A-Z0-9][\s-]?){1,21}/gi

/** Letters count as 10 to 35; taken digit by digit, so that nothing outgrows a number. */
const mod97 = (text: string): number =>
  [...text].reduce((rest, char) => [...String(Number.parseInt(char, 36))].reduce((sum, digit) => (sum * 10 + Number(digit)) % 97, rest), 0)

const compact = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '')

export const isCreditorReference = (text: string): boolean => {
  const reference = compact(text)
  return REFERENCE.test(reference) && mod97(reference.slice(4) + reference.slice(0, 4)) === 1
}

/** `SWG-2026-000012` -> `RF22SWG2026000012`. The same number has the same reference, whoever asks. */
export const creditorReference = (number: string): string => {
  const body = compact(number)
  if (!BODY.test(body)) throw new RangeError(`no creditor reference can be made of "${number}"`)
  return `RF${String(98 - mod97(`${body}RF00`)).padStart(2, '0')}${body}`
}

/** `RF22 SWG2 0260 0001 2`: in groups of four, as it is read aloud and typed. */
export const printedReference = (reference: string): string => compact(reference).replace(/(.{4})(?=.)/g, '$1 ')

/**
 * Every beginning that is a valid reference, longest first, of what a payer or a bank wrote. Words behind a reference may
 * make a longer one valid by chance: which is meant, says the invoice that has it. A mistyped one is none.
 */
export const findCreditorReferences = (text: string): readonly string[] => {
  const found = [...text.matchAll(WRITTEN)].flatMap(([written]) => {
    const letters = compact(written)
    const lengths = Array.from({ length: Math.max(0, letters.length - 4) }, (_, index) => letters.length - index)
    return lengths.map((length) => letters.slice(0, length)).filter(isCreditorReference)
  })
  return [...new Set(found)]
}
