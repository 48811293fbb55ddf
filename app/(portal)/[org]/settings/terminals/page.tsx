import type { Metadata } from 'next'
import { TerminalsPage } from '../_components/terminals-page.tsx'

export const metadata: Metadata = { title: 'Terminals' }

export default function Page() {
  return <TerminalsPage />
}
