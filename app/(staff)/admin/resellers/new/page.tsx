import type { Metadata } from 'next'
import { NewResellerPage } from '../../_components/new-reseller-page.tsx'

export const metadata: Metadata = { title: 'New reseller' }

export default function Page() {
  return <NewResellerPage />
}
