'use client'
import { useBrand } from '../../_lib/org-context.tsx'
import { paths } from '../../_lib/paths.ts'
import { useTRPCClient } from '../../_lib/trpc.tsx'
import { ButtonLink } from '../../_ui/button.tsx'
import { AuthCard } from '../_components/auth-card.tsx'
import { PressToConfirm } from '../_components/press-to-confirm.tsx'

export function UndoEmail({ token }: { token: string }) {
  const client = useTRPCClient()
  const brand = useBrand()
  return (
    <PressToConfirm
      title="Bring your address back"
      intro="This undoes the change of your e-mail address. Every session ends, the password stops working, and what was added since (passkeys, authenticator app, tokens) is removed."
      press="Undo the change"
      look="danger"
      send={() => client.account.undoEmailChange.mutate({ token })}
      done={({ email }) => (
        <AuthCard
          title="The change is undone"
          intro={
            <>
              Your account belongs to <bdi className="font-strong text-ink">{email}</bdi> again. We mailed a link there to set a new password.
            </>
          }>
          {brand.mode === 'sandbox' ? <ButtonLink href={paths.sandboxMail}>Open test mail</ButtonLink> : null}
        </AuthCard>
      )}
    />
  )
}
