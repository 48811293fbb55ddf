/** A spreadsheet would run a cell that begins like a formula; a plain number is none. */
const cell = (value: string): string => {
  const harmless = /^[=+\-@\t\r]/.test(value) && !/^-\d+(\.\d+)?$/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** One line of RFC 4180. */
export const csvLine = (values: readonly (string | null)[]): string => `${values.map((value) => cell(value ?? '')).join(',')}\r\n`
