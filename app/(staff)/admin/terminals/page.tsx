import type { Metadata } from 'next'
import { AllTerminalsPage } from '../_components/all-terminals-page.tsx'

export const metadata: Metadata = { title: 'Terminals' }

export default function Page() {
  return <AllTerminalsPage />
}
