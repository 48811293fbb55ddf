import type { Metadata } from 'next'
import { MailListPage } from '../_components/mail-list.tsx'

export const metadata: Metadata = { title: 'Test mail' }

export default function Page() {
  return <MailListPage />
}
