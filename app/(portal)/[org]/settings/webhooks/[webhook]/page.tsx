import type { Metadata } from 'next'
import { WebhookPage } from '../_components/webhook-page.tsx'

export const metadata: Metadata = { title: 'Webhook' }

export default async function Page({ params }: { params: Promise<{ webhook: string }> }) {
  return <WebhookPage id={(await params).webhook} />
}
