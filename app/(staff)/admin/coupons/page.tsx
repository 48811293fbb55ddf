import type { Metadata } from 'next'
import { CouponsPage } from './_components/coupons-page.tsx'

export const metadata: Metadata = { title: 'Coupons and credit' }

export default function Page() {
  return <CouponsPage />
}
