import type { Metadata } from 'next'
import { ClockPage } from '../_components/clock-page.tsx'

export const metadata: Metadata = { title: 'Test clock' }

export default function Page() {
  return <ClockPage />
}
