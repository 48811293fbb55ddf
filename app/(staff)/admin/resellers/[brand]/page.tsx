import type { Metadata } from 'next'
import { ResellerPage } from '../../_components/reseller-page.tsx'

export const metadata: Metadata = { title: 'Reseller' }

export default async function Page({ params }: { params: Promise<{ brand: string }> }) {
  return <ResellerPage id={(await params).brand} />
}
