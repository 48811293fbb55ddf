import type { Metadata } from 'next'
import { DrainsPage } from './_components/drains-page.tsx'

export const metadata: Metadata = { title: 'Log drains' }

export default function Page() {
  return <DrainsPage />
}
