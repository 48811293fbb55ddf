import type { Metadata } from 'next'
import { AdjustmentsPage } from '../_components/adjustments-page.tsx'

export const metadata: Metadata = { title: 'Adjustments' }

export default function Page() {
  return <AdjustmentsPage />
}
