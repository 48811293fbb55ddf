import type { Metadata } from 'next'
import { ConfirmEmail } from './confirm-email.tsx'

export const metadata: Metadata = { title: 'Confirm your new address', referrer: 'no-referrer' }

export default async function ConfirmEmailPage({ searchParams }: { searchParams: Promise<{ token?: string }> }) {
  return <ConfirmEmail token={(await searchParams).token ?? ''} />
}
