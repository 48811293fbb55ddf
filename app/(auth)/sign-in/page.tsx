import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { paths, safeNext } from '../../_lib/paths.ts'
import { currentViewer, setupNeeded } from '../../_lib/runtime.ts'
import { SignInForm } from './sign-in-form.tsx'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const next = safeNext((await searchParams).next)
  if ((await currentViewer()) !== null) redirect(next)
  if (await setupNeeded()) redirect(paths.setup)
  return <SignInForm next={next} />
}
