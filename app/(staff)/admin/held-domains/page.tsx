import type { Metadata } from 'next'
import { HeldDomainsPage } from '../_components/held-domains-page.tsx'

export const metadata: Metadata = { title: 'Held domains' }

export default function Page() {
  return <HeldDomainsPage />
}
