import type { Metadata } from 'next'
import { NewAppPage } from '../_components/new-app-page.tsx'

export const metadata: Metadata = { title: 'New app' }

export default async function Page({ searchParams }: { searchParams: Promise<{ image?: string }> }) {
  return <NewAppPage image={(await searchParams).image ?? ''} />
}
