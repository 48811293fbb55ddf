import type { Metadata } from 'next'
import { PhonePage } from '../_components/phone-page.tsx'

export const metadata: Metadata = { title: 'Test phone' }

export default function Page() {
  return <PhonePage />
}
