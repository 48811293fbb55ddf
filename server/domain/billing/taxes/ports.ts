/** The EU's register of VAT numbers. */
export interface VatAnswer { valid: boolean; reference: string | null }

export interface VatChecker {
  /** Throws when the register, or the member state behind it, does not answer: then nothing is known. */
  check(country: string, number: string): Promise<VatAnswer>
}

let checker: VatChecker | null = null

/** Called once by the composition. */
export const setVatChecker = (chosen: VatChecker | null): void => { checker = chosen }

export const vatChecker = (): VatChecker => {
  if (!checker) throw new Error('no register of VAT numbers is connected')
  return checker
}
