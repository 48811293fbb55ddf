import type { Metadata } from 'next'
import { DomainPage } from '../_components/domain-page.tsx'

export const metadata: Metadata = { title: 'Domain' }

export default async function Page({ params }: { params: Promise<{ domain: string }> }) {
  return <DomainPage id={(await params).domain} />
}
