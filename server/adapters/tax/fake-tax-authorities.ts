import { createHash } from 'node:crypto'
import type { ClearanceAnswer, ClearanceProvider } from '../../domain/billing/clearance/ports.ts'
import type { VatChecker } from '../../domain/billing/taxes/ports.ts'

/** A register for sandboxes: numbers that end in 0 are unknown, those that end in 99 get no answer. */
export const createFakeVatChecker = (): VatChecker => ({
  check: (_country, number) => {
    if (number.endsWith('99')) return Promise.reject(new Error('the register does not answer'))
    return Promise.resolve({ valid: !number.endsWith('0'), reference: `FAKE${number}` })
  },
})

const REFUSED = /<cbc:Note>refuse clearance<\/cbc:Note>/
const DELAYED = /<cbc:Note>delay clearance<\/cbc:Note>/

/** A tax authority for sandboxes that remembers what it was given: the same reference number gets the same stamp, another document under it is refused. */
export const createFakeClearance = (): ClearanceProvider => {
  const known = new Map<string, { hash: string; tries: number; answer: ClearanceAnswer }>()
  return {
    submit: ({ irn, xml }) => {
      const hash = createHash('sha256').update(xml).digest('hex')
      const before = known.get(irn)
      if (before && before.hash !== hash) return Promise.resolve({ state: 'rejected', detail: 'Another document was cleared under this reference number.' })
      const tries = (before?.tries ?? 0) + 1
      const answer: ClearanceAnswer = REFUSED.test(xml) ? { state: 'rejected', detail: 'The buyer\'s tax number is not known.' }
        : DELAYED.test(xml) && tries < 2 ? { state: 'pending' }
          : { state: 'cleared', csid: hash.slice(0, 40).toUpperCase(), qr: `https://einvoice.example/verify?irn=${encodeURIComponent(irn)}` }
      known.set(irn, { hash, tries, answer })
      return Promise.resolve(answer)
    },
  }
}
