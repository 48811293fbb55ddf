import type { Metadata } from 'next'
import { DisputesPage } from '../_components/disputes-page.tsx'

export const metadata: Metadata = { title: 'Disputes' }

export default function Page() {
  return <DisputesPage />
}
