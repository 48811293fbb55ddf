import type { ReactNode } from 'react'
import { paths } from '../../../_lib/paths.ts'
import { Tabs } from '../../../_ui/tabs.tsx'

export default function ReconciliationLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <div className="mb-6">
        <Tabs
          label="Reconciliation"
          tabs={[
            { href: paths.adminReconciliation, label: 'Work list' },
            { href: paths.adminStatements, label: 'Bank statements' },
            { href: paths.adminPayouts, label: 'Payouts' },
            { href: paths.adminProviders, label: 'Providers' },
          ]}
        />
      </div>
      {children}
    </>
  )
}
