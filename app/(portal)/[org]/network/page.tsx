import type { Metadata } from 'next'
import { NetworkPage } from './_components/network-page.tsx'

export const metadata: Metadata = { title: 'Network' }

export default function Page() {
  return <NetworkPage />
}
