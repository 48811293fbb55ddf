import type { Metadata } from 'next'
import { AgeingPage } from '../_components/ageing-page.tsx'

export const metadata: Metadata = { title: 'Ageing' }

export default function Page() {
  return <AgeingPage />
}
