import { z } from 'zod'

/** Another text after each change of what a person can change about a thing. Goes back as `If-Match`. */
export const Etag = z.string().describe('Differs after each change of it: send it as If-Match with yours')
