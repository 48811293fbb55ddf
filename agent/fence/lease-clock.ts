import type { LeaseClock } from '../portal/status-reporter.ts'
import type { Lease } from './lease.ts'

/** What may still write counts before the lease that came with it; portals before fencing give none. */
export const leaseClock = (lease: Lease, raiseFences: (least: Readonly<Record<string, number>>) => void): LeaseClock => ({
  now: () => lease.now(),
  answered: (sentAtMs, { fencing, lease_ttl_s: ttlS }) => {
    if (!fencing) return
    raiseFences(fencing.least)
    lease.renewed(sentAtMs, ttlS)
  },
})
