import type { Metadata } from 'next'
import { SellersPage } from '../_components/sellers-page.tsx'

export const metadata: Metadata = { title: 'Sellers' }

export default function Page() {
  return <SellersPage />
}
