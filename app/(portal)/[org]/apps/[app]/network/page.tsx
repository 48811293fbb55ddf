import type { Metadata } from 'next'
import { AppNetworkPage } from '../_components/app-network-page.tsx'

export const metadata: Metadata = { title: 'Network' }

export default function Page() {
  return <AppNetworkPage />
}
