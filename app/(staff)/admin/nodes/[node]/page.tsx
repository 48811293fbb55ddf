import type { Metadata } from 'next'
import { NodePage } from '../_components/node-page.tsx'

export const metadata: Metadata = { title: 'Node' }

export default async function Page({ params }: { params: Promise<{ node: string }> }) {
  return <NodePage id={(await params).node} />
}
