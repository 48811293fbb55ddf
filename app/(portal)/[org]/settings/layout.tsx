import type { ReactNode } from 'react'
import { PageHeader } from '../../../_ui/page.tsx'
import { SettingsTabs } from './_components/settings-tabs.tsx'

/** Holds the page's one `h1` and the way between its parts; each part starts with sections. */
export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <PageHeader title="Settings" />
      <div className="mb-6">
        <SettingsTabs />
      </div>
      {children}
    </>
  )
}
