import type { Metadata } from 'next'
import { InstallPage } from '../../_components/install-page.tsx'

export const metadata: Metadata = { title: 'Installation' }

export default async function Page({ params }: { params: Promise<{ install: string }> }) {
  return <InstallPage id={(await params).install} />
}
