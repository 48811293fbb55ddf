import type { Metadata } from 'next'
import { PaymentsPage } from '../_components/payments-page.tsx'

export const metadata: Metadata = { title: 'Failed payments' }

export default function Page() {
  return <PaymentsPage failed />
}
