import type { Metadata } from 'next'
import { OrgSettingsPage } from './_components/org-settings-page.tsx'

export const metadata: Metadata = { title: 'Settings' }

export default function Page() {
  return <OrgSettingsPage />
}
