import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { paths } from '../../_lib/paths.ts'
import { currentViewer } from '../../_lib/runtime.ts'
import { CheckMail } from '../_components/check-mail.tsx'
import { VerifyEmail } from './verify-email.tsx'

export const metadata: Metadata = { title: 'Confirm your e-mail', referrer: 'no-referrer' }

export default async function VerifyEmailPage({ searchParams }: { searchParams: Promise<{ token?: string }> }) {
  const token = (await searchParams).token ?? ''
  if (token !== '') return <VerifyEmail token={token} />
  const viewer = await currentViewer()
  if (viewer === null) redirect(paths.signIn)
  if (viewer.user.email_verified) redirect(paths.home)
  return <CheckMail email={viewer.user.email} />
}
