'use client'
import { useMutation } from '@tanstack/react-query'
import { useBrand } from '../../_lib/org-context.tsx'
import { paths } from '../../_lib/paths.ts'
import { toProblem } from '../../_lib/problem.ts'
import { useTRPC } from '../../_lib/trpc.tsx'
import { Button, ButtonLink } from '../../_ui/button.tsx'
import { AuthCard } from './auth-card.tsx'

export function CheckMail({ email }: { email: string }) {
  const trpc = useTRPC()
  const brand = useBrand()
  const resend = useMutation(trpc.auth.resendVerification.mutationOptions())
  return (
    <AuthCard
      title="Check your mail"
      intro={
        <>
          We sent a link to <bdi className="font-strong text-ink">{email}</bdi>. Open it to confirm the address; it is valid for 24 hours.
        </>
      }
      problem={resend.error === null ? null : toProblem(resend.error)}>
      <div className="flex flex-wrap gap-2">
        {brand.mode === 'sandbox' ? (
          <ButtonLink look="primary" href={`${paths.sandboxMail}?to=${encodeURIComponent(email)}`}>
            Open test mail
          </ButtonLink>
        ) : null}
        <Button busy={resend.isPending} disabled={resend.isSuccess} onClick={() => resend.mutate({})}>
          {resend.isSuccess ? 'Sent again' : 'Send it again'}
        </Button>
        <ButtonLink look="quiet" href={paths.home}>
          I have confirmed it
        </ButtonLink>
      </div>
    </AuthCard>
  )
}
