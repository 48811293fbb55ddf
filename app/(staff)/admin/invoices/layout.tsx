import type { ReactNode } from 'react'
import { InvoiceTabs } from './_components/invoice-tabs.tsx'

export default function StaffInvoicesLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <div className="mb-6">
        <InvoiceTabs />
      </div>
      {children}
    </>
  )
}
