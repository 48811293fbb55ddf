import type { Metadata } from 'next'
import { OpenVisit } from '../_components/open-visit.tsx'

export const metadata: Metadata = { title: 'Operator visit' }

export default function Page() {
  return <OpenVisit />
}
