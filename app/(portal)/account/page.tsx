import type { Metadata } from 'next'
import { requireViewer } from '../../_lib/runtime.ts'
import { AccountPage } from './_components/account-page.tsx'

export const metadata: Metadata = { title: 'Account' }

export default async function Page() {
  return <AccountPage user={(await requireViewer()).user} />
}
