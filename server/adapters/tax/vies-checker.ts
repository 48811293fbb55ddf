import { z } from 'zod'
import { send, type OutgoingAnswer, type OutgoingRequest } from '../../core/guarded-fetch.ts'
import type { VatChecker } from '../../domain/billing/taxes/ports.ts'

const Answer = z.object({ valid: z.boolean(), requestIdentifier: z.string().nullish(), userError: z.string().nullish() })
const SETTLED = new Set(['VALID', 'INVALID', 'INVALID_INPUT'])

type Send = (request: OutgoingRequest) => Promise<Pick<OutgoingAnswer, 'status' | 'body'>>

const URL_OF_REGISTER = 'https://ec.europa.eu/taxation_customs/vies/rest-api/check-vat-number'

/** The Commission's register over its REST interface. A member state that is away answers 200 with an error of its own: that is no answer. */
export const createViesChecker = (ask: Send = send): VatChecker => ({
  check: async (country, number) => {
    const body = JSON.stringify({ countryCode: country, vatNumber: number })
    const answer = await ask({ url: URL_OF_REGISTER, method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body, timeoutMs: 15_000, maxBytes: 64_000 })
    if (answer.status !== 200) throw new Error(`the register answered ${answer.status}`)
    const { valid, requestIdentifier, userError } = Answer.parse(JSON.parse(answer.body.toString('utf8')))
    if (userError && !SETTLED.has(userError)) throw new Error(`the register answered ${userError}`)
    return { valid, reference: requestIdentifier ? requestIdentifier : null }
  },
})
