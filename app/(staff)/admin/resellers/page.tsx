import type { Metadata } from 'next'
import { ResellersPage } from '../_components/resellers-page.tsx'

export const metadata: Metadata = { title: 'Resellers' }

export default function Page() {
  return <ResellersPage />
}
