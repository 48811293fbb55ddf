import type { Metadata } from 'next'
import { PayoutsPage } from '../_components/payouts-page.tsx'

export const metadata: Metadata = { title: 'Payouts' }

export default function Page() {
  return <PayoutsPage />
}
