import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { paths } from '../../_lib/paths.ts'
import { setupNeeded } from '../../_lib/runtime.ts'
import { SetupForm } from './setup-form.tsx'

export const metadata: Metadata = { title: 'Set up the platform' }

export default async function SetupPage({ searchParams }: { searchParams: Promise<{ code?: string }> }) {
  if (!(await setupNeeded())) redirect(paths.signIn)
  return <SetupForm code={(await searchParams).code ?? ''} />
}
