import type { Metadata } from 'next'
import { BackupsPage } from './_components/backups-page.tsx'

export const metadata: Metadata = { title: 'Backups' }

export default function Page() {
  return <BackupsPage />
}
