import type { Metadata } from 'next'
import { currentViewer } from '../../_lib/runtime.ts'
import { AcceptInvitation } from './accept-invitation.tsx'

export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' }

type Search = { token?: string | string[] }

export default async function AcceptInvitationPage({ searchParams }: { searchParams: Promise<Search> }) {
  const [{ token }, viewer] = await Promise.all([searchParams, currentViewer()])
  return <AcceptInvitation token={typeof token === 'string' ? token : ''} signedInAs={viewer?.user.email ?? null} />
}
