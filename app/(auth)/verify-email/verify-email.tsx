'use client'
import { paths } from '../../_lib/paths.ts'
import { useTRPCClient } from '../../_lib/trpc.tsx'
import { ButtonLink } from '../../_ui/button.tsx'
import { AuthCard } from '../_components/auth-card.tsx'
import { PressToConfirm } from '../_components/press-to-confirm.tsx'

export function VerifyEmail({ token }: { token: string }) {
  const client = useTRPCClient()
  return (
    <PressToConfirm
      title="Confirm your e-mail"
      intro="One press and the address is confirmed."
      press="Confirm e-mail"
      send={() => client.auth.verifyEmail.mutate({ token })}
      done={() => (
        <AuthCard title="E-mail confirmed" intro="You can use your account now.">
          <ButtonLink look="primary" href={paths.home}>
            Continue
          </ButtonLink>
        </AuthCard>
      )}
    />
  )
}
