import type { ReactNode } from 'react'
import { BillingTabs } from './_components/billing-tabs.tsx'

/** The way between the pages about money; each has its own heading. */
export default function BillingLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <div className="mb-6">
        <BillingTabs />
      </div>
      {children}
    </>
  )
}
