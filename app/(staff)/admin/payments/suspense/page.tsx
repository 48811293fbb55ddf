import type { Metadata } from 'next'
import { SuspensePage } from '../_components/suspense-page.tsx'

export const metadata: Metadata = { title: 'Suspense' }

export default function Page() {
  return <SuspensePage />
}
