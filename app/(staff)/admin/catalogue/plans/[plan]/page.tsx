import type { Metadata } from 'next'
import { PlanDetailPage } from '../../_components/plan-detail-page.tsx'

export const metadata: Metadata = { title: 'Plan' }

export default async function Page({ params }: { params: Promise<{ plan: string }> }) {
  return <PlanDetailPage id={(await params).plan} />
}
