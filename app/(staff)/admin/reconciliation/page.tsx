import type { Metadata } from 'next'
import { WorkPage } from './_components/work-page.tsx'

export const metadata: Metadata = { title: 'Reconciliation' }

export default function Page() {
  return <WorkPage />
}
