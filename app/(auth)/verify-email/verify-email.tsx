'use client'
import { useMutation } from '@tanstack/react-query'
import { paths } from '../../_lib/paths.ts'
import { toProblem } from '../../_lib/problem.ts'
import { useTRPC } from '../../_lib/trpc.tsx'
import { Button, ButtonLink } from '../../_ui/button.tsx'
import { AuthCard } from '../_components/auth-card.tsx'

/** A press, not the visit, confirms: mail scanners open links too. */
export function VerifyEmail({ token }: { token: string }) {
  const trpc = useTRPC()
  const verify = useMutation(trpc.auth.verifyEmail.mutationOptions())
  if (verify.isSuccess) {
    return (
      <AuthCard title="E-mail confirmed" intro="You can use your account now.">
        <ButtonLink look="primary" href={paths.home}>
          Continue
        </ButtonLink>
      </AuthCard>
    )
  }
  return (
    <AuthCard
      title="Confirm your e-mail"
      intro="One press and the address is confirmed."
      problem={verify.error === null ? null : toProblem(verify.error)}>
      <Button look="primary" busy={verify.isPending} onClick={() => verify.mutate({ token })}>
        Confirm e-mail
      </Button>
    </AuthCard>
  )
}
