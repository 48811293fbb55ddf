'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { roleTitle } from '../../_lib/roles.ts'
import { paths } from '../../_lib/paths.ts'
import { toProblem } from '../../_lib/problem.ts'
import { useTRPC } from '../../_lib/trpc.tsx'
import { Button, ButtonLink } from '../../_ui/button.tsx'
import { KeyValue, Panel } from '../../_ui/page.tsx'
import { ErrorPanel, PanelSkeleton } from '../../_ui/states.tsx'
import { TimeAgo } from '../../_ui/time.tsx'
import { AuthCard } from '../_components/auth-card.tsx'
import { JoinBySignUp } from './join-by-sign-up.tsx'
import type { InvitationOffer } from './offer.ts'

/** A full load: the session and what one may see have changed. */
const enter = ({ organization }: { organization: { slug: string } }): void => window.location.assign(paths.apps(organization.slug))

function Offer({ offer }: { offer: InvitationOffer }) {
  return (
    <Panel>
      <KeyValue
        items={[
          ['Organization', <bdi key="org">{offer.organization}</bdi>],
          ['Invited by', <bdi key="by">{offer.inviter}</bdi>],
          ['Your role', <bdi key="role">{offer.restricted ? `${roleTitle(offer)}, some apps only` : roleTitle(offer)}</bdi>],
          ['For', <bdi key="email">{offer.email}</bdi>],
          ['Open until', <TimeAgo key="until" value={offer.expires_at} />],
        ]}
      />
    </Panel>
  )
}

function Accept({ token, offer }: { token: string; offer: InvitationOffer }) {
  const accept = useMutation(useTRPC().invitations.accept.mutationOptions({ onSuccess: enter }))
  return (
    <>
      {accept.error === null ? null : <ErrorPanel problem={toProblem(accept.error)} />}
      <Button look="primary" busy={accept.isPending || accept.isSuccess} onClick={() => accept.mutate({ token })}>
        Join {offer.organization}
      </Button>
    </>
  )
}

/** Signed in as somebody else: says so, and leads out without losing the invitation. */
function OtherAccount({ email, offer }: { email: string; offer: InvitationOffer }) {
  const signOut = useMutation(useTRPC().auth.signOut.mutationOptions({ onSettled: () => window.location.reload() }))
  return (
    <>
      <div role="alert" className="rounded-box border border-attention-border bg-attention-surface p-4 text-14">
        This invitation is for <bdi className="font-strong">{offer.email}</bdi>, but you are signed in as <bdi className="font-strong">{email}</bdi>.
        Only the invited address can accept it.
      </div>
      <Button busy={signOut.isPending || signOut.isSuccess} onClick={() => signOut.mutate({})}>
        Sign out and go on as {offer.email}
      </Button>
    </>
  )
}

function WayIn({ token, offer, signedInAs }: { token: string; offer: InvitationOffer; signedInAs: string | null }) {
  if (signedInAs === offer.email) return <Accept token={token} offer={offer} />
  if (signedInAs !== null) return <OtherAccount email={signedInAs} offer={offer} />
  if (!offer.account_exists) return <JoinBySignUp token={token} offer={offer} onDone={enter} />
  const back = `${paths.acceptInvitation}?token=${encodeURIComponent(token)}`
  return (
    <ButtonLink look="primary" href={`${paths.signIn}?next=${encodeURIComponent(back)}`}>
      Sign in as {offer.email}
    </ButtonLink>
  )
}

export function AcceptInvitation({ token, signedInAs }: { token: string; signedInAs: string | null }) {
  const preview = useQuery(useTRPC().invitations.preview.queryOptions({ token }, { retry: false, refetchOnWindowFocus: false }))
  if (preview.error !== null) {
    return (
      <AuthCard title="Invitation" problem={toProblem(preview.error)}>
        <Link className="link" href={paths.home}>
          Go to the console
        </Link>
      </AuthCard>
    )
  }
  if (preview.data === undefined) return <PanelSkeleton label="Loading the invitation" />
  const offer = preview.data
  return (
    <AuthCard title={`Join ${offer.organization}`} intro={`${offer.inviter} invites you to work together.`}>
      <Offer offer={offer} />
      <WayIn token={token} offer={offer} signedInAs={signedInAs} />
    </AuthCard>
  )
}
