import type { Metadata } from 'next'
import { CheckoutPage } from '../../../_components/checkout-page.tsx'

export const metadata: Metadata = { title: 'Sandbox payment' }

export default async function Page({ params }: { params: Promise<{ provider: string; session: string }> }) {
  const { provider, session } = await params
  return <CheckoutPage provider={provider} session={decodeURIComponent(session)} />
}
