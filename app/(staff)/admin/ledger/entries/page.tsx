import type { Metadata } from 'next'
import { EntriesPage } from '../_components/entries-page.tsx'

export const metadata: Metadata = { title: 'Account' }

export default function Page() {
  return <EntriesPage />
}
