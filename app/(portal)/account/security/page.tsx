import type { Metadata } from 'next'
import { SecurityPage } from './_components/security-page.tsx'

export const metadata: Metadata = { title: 'Account security' }

export default async function Page({ searchParams }: { searchParams: Promise<{ needed?: string }> }) {
  return <SecurityPage needed={(await searchParams).needed !== undefined} />
}
