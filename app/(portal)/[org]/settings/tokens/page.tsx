import type { Metadata } from 'next'
import { ServiceAccountsPage } from './_components/service-accounts-page.tsx'

export const metadata: Metadata = { title: 'Service accounts' }

export default function Page() {
  return <ServiceAccountsPage />
}
