import type { Metadata } from 'next'
import { StaffInvoicePage } from '../_components/staff-invoice-page.tsx'

export const metadata: Metadata = { title: 'Invoice' }

export default async function Page({ params }: { params: Promise<{ invoice: string }> }) {
  return <StaffInvoicePage id={(await params).invoice} />
}
