import type { Metadata } from 'next'
import { GeneralPage } from './_components/general-page.tsx'

export const metadata: Metadata = { title: 'Settings' }

export default function Page() {
  return <GeneralPage />
}
