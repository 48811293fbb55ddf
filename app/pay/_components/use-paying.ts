'use client'
import { useEffect, useRef } from 'react'
import type { Checkout } from '../../_lib/wire.ts'
import { payStep, pollMs } from './pay-step.ts'

/** How soon a page of payment asks again, by where its payer stands. */
export const askAgain = (checkout: Checkout | undefined, returned: string | null): number | false =>
  (checkout === undefined ? false : pollMs(payStep({ checkout, opening: false, returned, dismissed: null, now: Date.now() })) ?? false)

/** Asks the provider once when the payer comes back from it: its own news may be late, or never come. */
export function useReturn(returned: string | null, check: () => void): void {
  const done = useRef(false)
  useEffect(() => {
    if (returned === null || done.current) return
    done.current = true
    check()
  }, [returned, check])
}

/** To the provider's page where there is one; else the answer is on this one. */
export const follow = ({ checkout_url: url }: { checkout_url: string | null }, refetch: () => unknown): void => {
  if (url === null) refetch()
  else window.location.assign(url)
}
