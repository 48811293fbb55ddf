import type { Metadata } from 'next'
import { NewPricePage } from '../../../_components/new-price-page.tsx'

export const metadata: Metadata = { title: 'New price' }

type Props = { params: Promise<{ plan: string }>; searchParams: Promise<{ from?: string }> }

export default async function Page({ params, searchParams }: Props) {
  return <NewPricePage id={(await params).plan} from={(await searchParams).from ?? null} />
}
