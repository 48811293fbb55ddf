import type { Metadata } from 'next'
import { MailPage } from '../../_components/mail-page.tsx'

export const metadata: Metadata = { title: 'Test mail', referrer: 'no-referrer' }

export default async function Page({ params }: { params: Promise<{ mail: string }> }) {
  return <MailPage id={(await params).mail} />
}
