import type { Metadata } from 'next'
import { StatementsPage } from '../_components/statements-page.tsx'

export const metadata: Metadata = { title: 'Bank statements' }

export default function Page() {
  return <StatementsPage />
}
