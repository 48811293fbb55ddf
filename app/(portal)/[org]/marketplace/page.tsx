import type { Metadata } from 'next'
import { MarketplacePage } from './_components/marketplace-page.tsx'

export const metadata: Metadata = { title: 'Marketplace' }

export default function Page() {
  return <MarketplacePage />
}
