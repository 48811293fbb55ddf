/** Spaces and dashes are for people; banks and comparisons want none. */
export const plainNumber = (text: string): string => text.replace(/[\s-]/g, '').toUpperCase()

const isIban = (number: string): boolean => /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(number)
/** Letters count as 10 to 35; taken digit by digit, so that nothing outgrows a number. */
const digitsOf = (number: string): string => [...number.slice(4) + number.slice(0, 4)].map((char) => Number.parseInt(char, 36)).join('')
const rest97 = (number: string): number => [...digitsOf(number)].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0)

/** What is wrong with it, for people; null where it can be right. An IBAN proves itself, a plain number cannot. */
export const accountNumberFault = (text: string): string | null => {
  const number = plainNumber(text)
  if (isIban(number)) return rest97(number) === 1 ? null : 'The check digits of this IBAN are wrong: compare it with the bank\'s paper.'
  return /^[A-Z0-9/.]{4,34}$/.test(number) ? null : 'Write the account number or IBAN: 4 to 34 letters and digits.'
}

export const bicFault = (code: string): boolean => !/^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(code)
