import type { Metadata } from 'next'
import { PolicyPage } from '../_components/policy-page.tsx'

export const metadata: Metadata = { title: 'Dunning policy' }

export default function Page() {
  return <PolicyPage />
}
