import type { Metadata } from 'next'
import { DnsPage } from '../_components/dns-page.tsx'

export const metadata: Metadata = { title: 'Test DNS' }

export default function Page() {
  return <DnsPage />
}
