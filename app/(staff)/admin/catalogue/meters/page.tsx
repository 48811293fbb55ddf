import type { Metadata } from 'next'
import { MetersPage } from '../_components/meters-page.tsx'

export const metadata: Metadata = { title: 'Meters' }

export default function Page() {
  return <MetersPage />
}
