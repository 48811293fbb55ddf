const PAID = new Set(['succeeded', 'partially_refunded', 'refunded'])

/** Money came for it, whatever went back since. */
export const isPaidState = (state: string): boolean => PAID.has(state)
