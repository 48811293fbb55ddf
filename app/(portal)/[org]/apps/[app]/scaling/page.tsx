import type { Metadata } from 'next'
import { ScalingPage } from '../_components/scaling-page.tsx'

export const metadata: Metadata = { title: 'Scaling' }

export default function Page() {
  return <ScalingPage />
}
