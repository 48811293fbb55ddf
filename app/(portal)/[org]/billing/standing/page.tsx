import type { Metadata } from 'next'
import { StandingPage } from './_components/standing-page.tsx'

export const metadata: Metadata = { title: 'Standing' }

export default function Page() {
  return <StandingPage />
}
