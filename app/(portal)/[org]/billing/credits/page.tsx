import type { Metadata } from 'next'
import { CreditsPage } from './_components/credits-page.tsx'

export const metadata: Metadata = { title: 'Credit' }

export default function Page() {
  return <CreditsPage />
}
