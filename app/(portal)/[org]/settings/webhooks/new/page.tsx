import type { Metadata } from 'next'
import { NewWebhookPage } from '../_components/new-webhook-page.tsx'

export const metadata: Metadata = { title: 'New webhook' }

export default function Page() {
  return <NewWebhookPage />
}
