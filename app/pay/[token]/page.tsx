import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { payLinkOpens } from '../../_lib/runtime.ts'
import { PayPage } from '../_components/pay-page.tsx'

export const metadata: Metadata = { title: 'Pay', referrer: 'no-referrer' }

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ payment?: string | string[] }> }

/** Open to whoever holds the link; any other token is an address where nothing is. */
export default async function Page({ params, searchParams }: Props) {
  const [{ token }, { payment }] = await Promise.all([params, searchParams])
  if (!(await payLinkOpens(token))) notFound()
  return <PayPage token={token} returned={typeof payment === 'string' ? payment : null} />
}
