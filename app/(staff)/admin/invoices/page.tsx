import type { Metadata } from 'next'
import { StaffInvoicesPage } from '../_components/invoices-page.tsx'

export const metadata: Metadata = { title: 'Invoices' }

export default function Page() {
  return <StaffInvoicesPage />
}
