import type { Metadata } from 'next'
import { UndoEmail } from './undo-email.tsx'

export const metadata: Metadata = { title: 'Bring your address back', referrer: 'no-referrer' }

export default async function UndoEmailPage({ searchParams }: { searchParams: Promise<{ token?: string }> }) {
  return <UndoEmail token={(await searchParams).token ?? ''} />
}
