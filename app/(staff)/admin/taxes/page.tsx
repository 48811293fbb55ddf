import type { Metadata } from 'next'
import { TaxesPage } from './_components/taxes-page.tsx'

export const metadata: Metadata = { title: 'Taxes' }

export default function Page() {
  return <TaxesPage />
}
