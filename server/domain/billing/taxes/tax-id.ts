/** Form of tax numbers by country, spaces, dots and dashes aside. Whether a number exists only its register knows. */
const FORMS: Record<string, { form: RegExp; example: string }> = {
  NG: { form: /^\d{8,14}$/, example: '01234567-0001' },
  KE: { form: /^[AP]\d{9}[A-Z]$/, example: 'P051234567A' },
  ZA: { form: /^4\d{9}$/, example: '4123456789' },
  GH: { form: /^[CGPQV][A-Z0-9]{10}$/, example: 'C0001234567' },
  UG: { form: /^\d{10}$/, example: '1001234567' },
  TZ: { form: /^\d{9}$/, example: '123456789' },
  RW: { form: /^\d{9}$/, example: '102345678' },
  EG: { form: /^\d{9}$/, example: '123456789' },
  GB: { form: /^(GB)?(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/, example: 'GB123456789' },
  IN: { form: /^\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/, example: '22AAAAA0000A1Z5' },
  AU: { form: /^\d{11}$/, example: '51824753556' },
  US: { form: /^\d{9}$/, example: '12-3456789' },
  AT: { form: /^ATU\d{8}$/, example: 'ATU12345678' },
  BE: { form: /^BE[01]\d{9}$/, example: 'BE0123456789' },
  BG: { form: /^BG\d{9,10}$/, example: 'BG123456789' },
  HR: { form: /^HR\d{11}$/, example: 'HR12345678901' },
  CY: { form: /^CY\d{8}[A-Z]$/, example: 'CY12345678X' },
  CZ: { form: /^CZ\d{8,10}$/, example: 'CZ12345678' },
  DK: { form: /^DK\d{8}$/, example: 'DK12345678' },
  EE: { form: /^EE\d{9}$/, example: 'EE123456789' },
  FI: { form: /^FI\d{8}$/, example: 'FI12345678' },
  FR: { form: /^FR[A-HJ-NP-Z0-9]{2}\d{9}$/, example: 'FR12345678901' },
  DE: { form: /^DE\d{9}$/, example: 'DE123456789' },
  GR: { form: /^EL\d{9}$/, example: 'EL123456789' },
  HU: { form: /^HU\d{8}$/, example: 'HU12345678' },
  IE: { form: /^IE(\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/, example: 'IE1234567T' },
  IT: { form: /^IT\d{11}$/, example: 'IT12345678901' },
  LV: { form: /^LV\d{11}$/, example: 'LV12345678901' },
  LT: { form: /^LT(\d{9}|\d{12})$/, example: 'LT123456789' },
  LU: { form: /^LU\d{8}$/, example: 'LU12345678' },
  MT: { form: /^MT\d{8}$/, example: 'MT12345678' },
  NL: { form: /^NL\d{9}B\d{2}$/, example: 'NL123456789B01' },
  PL: { form: /^PL\d{10}$/, example: 'PL1234567890' },
  PT: { form: /^PT\d{9}$/, example: 'PT123456789' },
  RO: { form: /^RO\d{2,10}$/, example: 'RO1234567' },
  SK: { form: /^SK\d{10}$/, example: 'SK1234567890' },
  SI: { form: /^SI\d{8}$/, example: 'SI12345678' },
  ES: { form: /^ES[A-Z0-9]\d{7}[A-Z0-9]$/, example: 'ESX1234567X' },
  SE: { form: /^SE\d{10}01$/, example: 'SE123456789001' },
}
const ANYWHERE = /^[A-Z0-9]{4,20}$/

/** As kept: capitals without separators. */
export const plainTaxId = (text: string): string => text.toUpperCase().replace(/[\s.\-/]/g, '')

/** Null when the number may be one of that country, else what one looks like. */
export const taxIdFault = (country: string, taxId: string): string | null => {
  const known = FORMS[country]
  if (known) return known.form.test(plainTaxId(taxId)) ? null : `Tax numbers of ${country} look like ${known.example}.`
  return ANYWHERE.test(plainTaxId(taxId)) ? null : 'Write 4 to 20 letters and digits.'
}

/** Country and number as the register of the EU takes them; Greece writes EL. */
export const vatParts = (taxId: string): { country: string; number: string } => ({ country: plainTaxId(taxId).slice(0, 2), number: plainTaxId(taxId).slice(2) })
