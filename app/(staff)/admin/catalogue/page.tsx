import type { Metadata } from 'next'
import { PlansPage } from './_components/plans-page.tsx'

export const metadata: Metadata = { title: 'Catalogue' }

export default function Page() {
  return <PlansPage />
}
