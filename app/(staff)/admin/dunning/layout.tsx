import type { ReactNode } from 'react'
import { DunningTabs } from './_components/dunning-tabs.tsx'

export default function StaffDunningLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <div className="mb-6">
        <DunningTabs />
      </div>
      {children}
    </>
  )
}
