import type { Metadata } from 'next'
import { RefundsPage } from '../_components/refunds-page.tsx'

export const metadata: Metadata = { title: 'Refunds' }

export default function Page() {
  return <RefundsPage />
}
