import type { Metadata } from 'next'
import { InvoicePage } from '../../_components/invoice-page.tsx'

export const metadata: Metadata = { title: 'Invoice' }

export default async function Page({ params }: { params: Promise<{ invoice: string }> }) {
  return <InvoicePage id={(await params).invoice} />
}
