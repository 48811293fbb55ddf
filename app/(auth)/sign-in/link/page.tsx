import type { Metadata } from 'next'
import { SignInByLink } from './sign-in-by-link.tsx'

export const metadata: Metadata = { title: 'Sign in', referrer: 'no-referrer' }

export default async function SignInLinkPage({ searchParams }: { searchParams: Promise<{ token?: string }> }) {
  return <SignInByLink token={(await searchParams).token ?? ''} />
}
