import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { paths } from '../../_lib/paths.ts'
import { currentViewer, setupNeeded } from '../../_lib/runtime.ts'
import { SignUpForm } from './sign-up-form.tsx'

export const metadata: Metadata = { title: 'Create an account' }

export default async function SignUpPage() {
  if ((await currentViewer()) !== null) redirect(paths.home)
  if (await setupNeeded()) redirect(paths.setup)
  return <SignUpForm />
}
