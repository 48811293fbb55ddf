import type { Metadata } from 'next'
import { MethodsPage } from './_components/methods-page.tsx'

export const metadata: Metadata = { title: 'Payment methods' }

export default function Page() {
  return <MethodsPage />
}
