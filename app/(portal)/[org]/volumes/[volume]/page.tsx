import type { Metadata } from 'next'
import { VolumePage } from '../_components/volume-page.tsx'

export const metadata: Metadata = { title: 'Volume' }

export default async function Page({ params }: { params: Promise<{ volume: string }> }) {
  return <VolumePage id={(await params).volume} />
}
