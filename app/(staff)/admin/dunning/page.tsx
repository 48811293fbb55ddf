import type { Metadata } from 'next'
import { AccountsPage } from './_components/accounts-page.tsx'

export const metadata: Metadata = { title: 'Customers who owe' }

export default function Page() {
  return <AccountsPage />
}
