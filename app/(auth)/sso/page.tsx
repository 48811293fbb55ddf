import type { Metadata } from 'next'
import { safeNext } from '../../_lib/paths.ts'
import { SsoForm } from './_components/sso-form.tsx'

export const metadata: Metadata = { title: 'Single sign-on' }

export default async function SsoPage({ searchParams }: { searchParams: Promise<{ email?: string; next?: string }> }) {
  const { email, next } = await searchParams
  return <SsoForm email={typeof email === 'string' ? email : ''} next={safeNext(next)} />
}
