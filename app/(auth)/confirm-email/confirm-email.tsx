'use client'
import { paths } from '../../_lib/paths.ts'
import { useTRPCClient } from '../../_lib/trpc.tsx'
import { ButtonLink } from '../../_ui/button.tsx'
import { AuthCard } from '../_components/auth-card.tsx'
import { PressToConfirm } from '../_components/press-to-confirm.tsx'

export function ConfirmEmail({ token }: { token: string }) {
  const client = useTRPCClient()
  return (
    <PressToConfirm
      title="Confirm your new address"
      intro="From then on you sign in with it. The old address gets a mail with a link to undo this for 72 hours."
      press="Use this address"
      send={() => client.account.confirmEmailChange.mutate({ token })}
      done={({ email }) => (
        <AuthCard
          title="Address changed"
          intro={
            <>
              Your account now belongs to <bdi className="font-strong text-ink">{email}</bdi>.
            </>
          }>
          <ButtonLink look="primary" href={paths.account}>
            Continue
          </ButtonLink>
        </AuthCard>
      )}
    />
  )
}
