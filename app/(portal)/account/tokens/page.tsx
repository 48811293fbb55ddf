import type { Metadata } from 'next'
import { requireViewer } from '../../../_lib/runtime.ts'
import { TokensPage } from './_components/tokens-page.tsx'

export const metadata: Metadata = { title: 'Personal tokens' }

export default async function Page() {
  return <TokensPage organizations={(await requireViewer()).organizations} />
}
