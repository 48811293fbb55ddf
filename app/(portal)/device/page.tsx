import type { Metadata } from 'next'
import { requireViewer } from '../../_lib/runtime.ts'
import { DevicePage } from './_components/device-page.tsx'

export const metadata: Metadata = { title: 'Connect a program' }

export default async function Page({ searchParams }: { searchParams: Promise<{ code?: string | string[] }> }) {
  const { user } = await requireViewer()
  const { code } = await searchParams
  return <DevicePage email={user.email} code={typeof code === 'string' ? code : ''} />
}
