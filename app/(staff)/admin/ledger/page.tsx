import type { Metadata } from 'next'
import { LedgerPage } from './_components/ledger-page.tsx'

export const metadata: Metadata = { title: 'Ledger' }

export default function Page() {
  return <LedgerPage />
}
